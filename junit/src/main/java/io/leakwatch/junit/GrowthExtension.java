package io.leakwatch.junit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs the rounds of a {@link GrowthCheck}, each in a scope of its own, and compares what is left of all of them at the end. */
final class GrowthExtension implements InvocationInterceptor {
  GrowthExtension() {}

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    int rounds = rounds(called.getExecutable());
    Agent agent = Agent.of(context);
    String name = context.getRequiredTestClass().getSimpleName() + "."
        + called.getExecutable().getName() + "()";
    List<Object> scopes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Object scope = agent.open(name + ", round " + (round + 1));
      scopes.add(scope);
      Object before = agent.enter(scope);
      try {
        if (round == 0) {
          invocation.proceed();
        } else {
          ReflectionSupport.invokeMethod(
              called.getExecutable(),
              called.getTarget().orElse(null),
              called.getArguments().toArray());
        }
      } finally {
        agent.leave(before);
      }
    }
    judge(agent, scopes, name, Settings.of(context), Expectations.of(context));
  }

  private static void judge(
      Agent agent, List<Object> scopes, String name, Settings settings, Expectations expectations) {
    Set<String> inAll = null;
    List<Leak> last = List.of();
    Map<String, String> forAgent = new HashMap<>(settings.forAgent());
    for (Object scope : scopes) {
      last = agent.close(scope, forAgent);
      // The others have had as long by then.
      forAgent.put(Settings.LINGER, "0s");
      Set<String> here = new HashSet<>();
      last.forEach(leak -> here.add(leak.fingerprint()));
      if (inAll == null) {
        inAll = here;
      } else {
        inAll.retainAll(here);
      }
      if (inAll.isEmpty()) {
        return;
      }
    }
    Set<String> growing = inAll == null ? Set.of() : inAll;
    List<Leak> unforeseen = expectations.unforeseen(last).stream()
        .filter(leak -> growing.contains(leak.fingerprint()))
        .toList();
    String message =
        LeakMessage.of("each of " + scopes.size() + " rounds of " + name, unforeseen, List.of());
    if (!message.isEmpty()) {
      throw new LeakError(message);
    }
  }

  private static int rounds(Method method) {
    int rounds = AnnotationSupport.findAnnotation(method, GrowthCheck.class)
        .map(GrowthCheck::rounds)
        .orElseThrow();
    if (rounds < 2) {
      throw new ExtensionConfigurationException(
          "@GrowthCheck(rounds = " + rounds + "): one round does not grow; at least 2 are needed");
    }
    return rounds;
  }
}
