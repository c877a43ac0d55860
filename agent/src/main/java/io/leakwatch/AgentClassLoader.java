package io.leakwatch;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's own classes and its dependencies from the jar inside of the agent's jar, before asking its parent:
 * whatever the application has on its class path or module path, the agent gets its own, and the other way round the
 * application never sees these.
 *
 * <p>Resources come from there only, as streams: a {@code logback.xml} or a service file of the application is not found.
 */
final class AgentClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final NestedJar jar;
  private final ProtectionDomain domain;

  AgentClassLoader(File file, ClassLoader parent) throws IOException {
    super("leakwatch", parent);
    this.jar = new NestedJar(file);
    URL location = file.toURI().toURL();
    this.domain =
        new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, this, null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        // There are none of these in the jar, and they are asked for most.
        loaded = name.startsWith("java.") ? null : define(name);
      }
      if (loaded == null) {
        loaded = getParent().loadClass(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  /** None: there are no addresses of what is inside of a jar in a jar. */
  @Override
  public @Nullable URL getResource(String name) {
    return null;
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.emptyEnumeration();
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      NestedJar.Content found = jar.find(name.endsWith(".class") ? className(name) : name);
      return found == null
          ? null
          : new ByteArrayInputStream(found.bytes, found.start, found.length);
    } catch (IOException e) {
      return null;
    }
  }

  private static String className(String file) {
    return file.substring(0, file.length() - ".class".length()).replace('/', '.');
  }

  private @Nullable Class<?> define(String name) throws ClassNotFoundException {
    try {
      NestedJar.Content found = jar.find(name);
      return found == null
          ? null
          : defineClass(name, found.bytes, found.start, found.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
