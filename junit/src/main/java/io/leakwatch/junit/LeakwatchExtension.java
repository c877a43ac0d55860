package io.leakwatch.junit;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails a test that leaves threads, executors or tasks behind, also those that it has started over any number of pools,
 * virtual threads, timers and stages; tests that run beside it do not disturb it.
 *
 * <p>For one class or test: {@link NoLeaks}. For all of a module: {@code junit.jupiter.extensions.autodetection.enabled=true}.
 * The agent need not be started with the JVM; when it is not, the first test attaches it.
 *
 * <p>Thread-safe: all state is in the contexts' stores.
 */
public final class LeakwatchExtension
    implements BeforeAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(LeakwatchExtension.class);
  private static final String RUN = "run";

  /** Called by JUnit. */
  public LeakwatchExtension() {}

  /** A test's instance is made for that test: what its fields make is the test's. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    begin(context);
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factoryContext, ExtensionContext context) {
    begin(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin(context);
  }

  /** Each dynamic test has an end of its own. */
  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    WatchedScope scope = isIgnored(context) ? null : scopeOf(context);
    if (scope == null) {
      invocation.proceed();
      return;
    }
    Throwable failure = null;
    scope.enter();
    try {
      invocation.proceed();
    } catch (Throwable e) {
      failure = e;
    }
    try {
      scope.close();
    } catch (LeakError e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends by itself, with the context: JUnit closes what is in the store, the first thing last. */
  private static void begin(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    String key = context.getUniqueId();
    if (store.get(key) != null || isIgnored(context)) {
      return;
    }
    if (context.getTestMethod().isEmpty()) {
      SpringContexts.loadFor(context);
    }
    store.put(key, scopeOf(context).enter());
  }

  private static WatchedScope scopeOf(ExtensionContext context) {
    Settings settings = Settings.of(context);
    boolean isTest = context.getTestMethod().isPresent();
    return switch (settings.scope()) {
      case RUN -> run(context, settings).part();
      case CLASS ->
        isTest ? ofClass(context).orElseGet(() -> own(context, settings)) : own(context, settings);
      case METHOD, DEFAULT -> own(context, settings);
    };
  }

  private static WatchedScope own(ExtensionContext context, Settings settings) {
    return WatchedScope.open(
        Agent.of(context),
        name(context),
        settings,
        Expectations.of(context),
        KnownFile.of(context));
  }

  /** That of the class around a test; empty where only the test is watched. */
  private static Optional<WatchedScope> ofClass(ExtensionContext context) {
    ExtensionContext current = context;
    while (current.getTestMethod().isPresent() && current.getParent().isPresent()) {
      current = current.getParent().get();
    }
    return Optional.ofNullable(
            current.getStore(NAMESPACE).get(current.getUniqueId(), WatchedScope.class))
        .map(WatchedScope::part);
  }

  @SuppressWarnings("deprecation") // what it is called in JUnit 6, JUnit 5 does not have
  private static WatchedScope run(ExtensionContext context, Settings settings) {
    ExtensionContext root = context.getRoot();
    return Objects.requireNonNull(root.getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            RUN,
            k -> WatchedScope.open(
                Agent.of(context), "the run", settings, Expectations.of(root), KnownFile.of(root)),
            WatchedScope.class));
  }

  private static boolean isIgnored(ExtensionContext context) {
    @Nullable ExtensionContext current = context;
    while (current != null) {
      if (current
          .getElement()
          .filter(element -> AnnotationSupport.isAnnotated(element, IgnoreLeaks.class))
          .isPresent()) {
        return true;
      }
      current = current.getParent().orElse(null);
    }
    return false;
  }

  /** Such as {@code OrderTest}, {@code OrderTest.ships()}, {@code OrderTest.ships(int) [2] 5}. */
  private static String name(ExtensionContext context) {
    String className = context.getTestClass().map(Class::getSimpleName).orElse("");
    return context
        .getTestMethod()
        .map(method -> {
          String test = method.getName() + "()";
          String shown = context.getDisplayName();
          return className + "." + (shown.equals(test) ? test : test + " " + shown);
        })
        .orElse(className.isEmpty() ? context.getDisplayName() : className);
  }
}
