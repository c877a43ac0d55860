package io.leakwatch.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A leak that is known and does not fail the test, for now. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Repeatable(KnownLeak.List.class)
public @interface KnownLeak {
  /** Its fingerprint: the twelve hex digits in brackets. */
  String fingerprint();

  /** Why it is accepted. */
  String reason();

  /** The last day on which it is, such as {@code 2026-12-31}; empty for as long as this stands here. */
  String expires() default "";

  /** Several of them. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @Inherited
  @Documented
  @interface List {
    KnownLeak[] value();
  }
}
