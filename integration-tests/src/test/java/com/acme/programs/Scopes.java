package com.acme.programs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The agent's scopes, reached as a test framework has to: by reflection, in types of the JDK. */
final class Scopes {
  private final Class<?> type;
  private final Object service;

  Scopes() throws ReflectiveOperationException {
    type = Class.forName("io.leakwatch.bootstrap.ScopeService", true, null);
    service = Objects.requireNonNull(type.getMethod("running").invoke(null), "no agent");
  }

  Object open(String name) {
    return call("open", new Class<?>[] {String.class}, name);
  }

  Object enter(Object scope) {
    return call("enter", new Class<?>[] {Object.class}, scope);
  }

  void leave(Object before) {
    call("leave", new Class<?>[] {Object.class}, before);
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> close(Object scope, Map<String, String> settings) {
    return (List<Map<String, Object>>)
        call("close", new Class<?>[] {Object.class, Map.class}, scope, settings);
  }

  private Object call(String name, Class<?>[] parameters, Object... arguments) {
    try {
      Method method = type.getMethod(name, parameters);
      return method.invoke(service, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
