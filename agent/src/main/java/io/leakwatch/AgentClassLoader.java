package io.leakwatch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's own classes and its dependencies from below {@code inst/} in the agent's jar, before asking its
 * parent: whatever the application has on its class path or module path, the agent gets its own, and the other way
 * round the application never sees these.
 *
 * <p>Resources come from the jar only: a {@code logback.xml} or a service file of the application is not found. Keeps
 * the jar open for the life of the JVM.
 */
final class AgentClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final String resourceBase;
  private final ProtectionDomain domain;

  AgentClassLoader(File file, ClassLoader parent) throws IOException {
    super("leakwatch", parent);
    this.jar = new JarFile(file);
    URL location = file.toURI().toURL();
    this.resourceBase = "jar:" + location + "!/" + AgentJar.PREFIX;
    this.domain =
        new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, this, null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        ZipEntry entry = jar.getEntry(AgentJar.PREFIX + name.replace('.', '/') + ".class");
        loaded = entry == null ? getParent().loadClass(name) : define(name, entry);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    if (jar.getEntry(AgentJar.PREFIX + name) == null) {
      return null;
    }
    try {
      return new URL(resourceBase + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    URL resource = getResource(name);
    return resource == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singletonList(resource));
  }

  /** Straight from the open jar: a {@code jar:} connection would load the URL handlers at start-up. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(AgentJar.PREFIX + name);
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  private Class<?> define(String name, ZipEntry entry) throws ClassNotFoundException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
