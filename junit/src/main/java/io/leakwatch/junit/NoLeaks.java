package io.leakwatch.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of a class, or one test, must not leave threads, executors or tasks behind. What is not said here is taken from
 * the class around it, then from the configuration parameters {@code leakwatch.junit.…}, then from the defaults.
 *
 * <p>Patterns are globs as in the agent's options: {@code *} stands for any characters, {@code ?} for one. Frames are
 * matched as {@code com.acme.Orders.load}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(LeakwatchExtension.class)
public @interface NoLeaks {
  /** At whose end to look. */
  LeakScope scope() default LeakScope.DEFAULT;

  /** For how long to wait for what is left to end, such as {@code 500ms}; {@code 2s} by default. */
  String linger() default "";

  /** Threads with a matching name are not held against a test. */
  String[] ignoreName() default {};

  /** Nor are threads whose innermost frame matches. */
  String[] ignoreTopFrame() default {};

  /** Nor are threads with any matching frame. */
  String[] ignoreAnyFrame() default {};

  /** Nor are threads and executors with a matching frame in the stack that made them. */
  String[] ignoreCreator() default {};
}
