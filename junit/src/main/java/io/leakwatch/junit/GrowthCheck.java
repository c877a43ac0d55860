package io.leakwatch.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs several times over, with the same instance, and fails only for what every round leaves behind. What is
 * made once and kept, such as a pool that the first round needs first, is not held against it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(GrowthExtension.class)
public @interface GrowthCheck {
  /** How many rounds; at least 2. */
  int rounds() default 5;
}
