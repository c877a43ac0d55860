package io.leakwatch.junit;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Has Spring make the application context of a class of tests before the class is watched. Spring keeps contexts for all
 * classes that want the same one, until the JVM ends: it is not the fault of the test that happens to be the first, nor are
 * the pools, servers and schedulers in it. Found by name; nothing here needs Spring.
 */
final class SpringContexts {
  private static final String EXTENSION =
      "org.springframework.test.context.junit.jupiter.SpringExtension";

  private SpringContexts() {}

  /** Nothing where the class has none. Whatever goes wrong Spring will say when it wants the context itself. */
  static void loadFor(ExtensionContext context) {
    Class<?> spring = extensionOf(context);
    if (spring == null) {
      return;
    }
    try {
      spring.getMethod("getApplicationContext", ExtensionContext.class).invoke(null, context);
    } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException e) {
      return;
    }
  }

  private static @Nullable Class<?> extensionOf(ExtensionContext context) {
    List<ExtendWith> registered =
        AnnotationSupport.findRepeatableAnnotations(context.getElement(), ExtendWith.class);
    for (ExtendWith extensions : registered) {
      for (Class<? extends Extension> extension : extensions.value()) {
        if (extension.getName().equals(EXTENSION)) {
          return extension;
        }
      }
    }
    return null;
  }
}
