package io.leakwatch.runtime;

import java.io.File;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Which class the application starts with, from the launcher's command line. */
final class MainClass {
  private MainClass() {}

  /** Its name; empty when the command line does not tell. */
  static String ofThisJvm() {
    return of(System.getProperty("sun.java.command"));
  }

  /** From {@code com.acme.Main args}, {@code module/com.acme.Main args} or {@code app.jar args}. */
  static String of(@Nullable String command) {
    if (command == null) {
      return "";
    }
    int space = command.indexOf(' ');
    String first = space < 0 ? command : command.substring(0, space);
    return first.endsWith(".jar") ? ofJar(first) : first.substring(first.indexOf('/') + 1);
  }

  private static String ofJar(String path) {
    try (JarFile jar = new JarFile(new File(path))) {
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        return "";
      }
      Attributes attributes = manifest.getMainAttributes();
      // Spring Boot's launcher names the class behind it so.
      String start = attributes.getValue("Start-Class");
      String main = start == null ? attributes.getValue(Attributes.Name.MAIN_CLASS) : start;
      return main == null ? "" : main;
    } catch (IOException e) {
      return "";
    }
  }
}
