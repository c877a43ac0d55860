package io.leakwatch.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each test has hooks of its own: their state is static. */
class HooksTest {
  private static final int MAX = Hooks.MAX_FAILURES;

  private static final class OwnHooks extends ClassLoader {
    OwnHooks() {
      super(HooksTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.equals(Hooks.class.getName())) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        try (InputStream in = Hooks.class.getResourceAsStream("Hooks.class")) {
          byte[] bytes = Objects.requireNonNull(in).readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }

  /** Records what it hears, and throws where it is told to. */
  private static final class Recorder implements ThreadListener, ExecutorListener, TaskListener {
    private final List<String> heard = new ArrayList<>();
    private @Nullable Error thrown;

    @Override
    public void onStart(Thread thread) {
      hear("start " + thread.getName());
    }

    @Override
    public void onStartFailed(Thread thread) {
      hear("start failed " + thread.getName());
    }

    @Override
    public void onExit(Thread thread) {
      hear("exit " + thread.getName());
    }

    @Override
    public void onVirtualCreated(Thread thread, Runnable task) {
      hear("virtual created " + thread.getName());
    }

    @Override
    public Object onVirtualStart(Thread thread, Runnable task) {
      hear("virtual start " + thread.getName());
      return "started";
    }

    @Override
    public void onVirtualExit(Thread thread, @Nullable Object started) {
      hear("virtual exit " + thread.getName() + " " + started);
    }

    @Override
    public void onCreated(Object executor) {
      hear("created " + executor);
    }

    @Override
    public void onSubmitted(Object receiver, @Nullable Object task) {
      hear("submitted " + receiver + " " + task);
    }

    @Override
    public void onRejected(Object executor) {
      hear("rejected " + executor);
    }

    @Override
    public void onFailed(Object task, @Nullable Throwable thrownByTask) {
      hear("failed " + task + " " + messageOf(thrownByTask));
    }

    @Override
    public void onWorkerEnded(Object pool, boolean abruptly) {
      hear("worker ended " + pool + " " + abruptly);
    }

    @Override
    public void onUncaught(Thread of, @Nullable Throwable thrownByTask) {
      hear("uncaught " + of.getName() + " " + messageOf(thrownByTask));
    }

    @Override
    public void onCancelling(Object task) {
      hear("cancelling " + task);
    }

    @Override
    public void onTimerTaskTaken(Object queue) {
      hear("taken " + queue);
    }

    private static @Nullable String messageOf(@Nullable Throwable thrownByTask) {
      return thrownByTask == null ? null : thrownByTask.getMessage();
    }

    @Override
    public void onTimerCleared(Object queue) {
      hear("cleared " + queue);
    }

    private void hear(String what) {
      heard.add(what);
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  private final Class<?> hooks;
  private final Recorder recorder = new Recorder();
  private final Thread thread = new Thread("t");
  private final Throwable failure = new IllegalStateException("no price");

  HooksTest() throws ClassNotFoundException {
    hooks = new OwnHooks().loadClass(Hooks.class.getName());
  }

  @Test
  void doNothingWhileNobodyListens() {
    fireAll();

    assertThat(get("failures")).isEqualTo(0);
    assertThat(get("disarmed")).isEqualTo(false);
    assertThat(get("firstFailure")).isNull();
  }

  @Test
  void tellTheListenersWhatHappens() {
    install(recorder);
    fireAll();

    assertThat(recorder.heard)
        .containsExactlyInAnyOrder(
            "start t",
            "start failed t",
            "exit t",
            "virtual created t",
            "virtual start t",
            "virtual exit t executor",
            "created executor",
            "submitted executor executor",
            "rejected executor",
            "failed executor no price",
            "worker ended executor true",
            "uncaught t no price",
            "cancelling executor",
            "taken executor",
            "cleared executor");
  }

  @Test
  void throwNothingAndCountWhatAListenerThrows() {
    install(recorder);
    recorder.thrown = new StackOverflowError("thrown on purpose");
    assertDoesNotThrow(this::fireAll);
    recorder.thrown = new AssertionError("thrown on purpose");
    assertDoesNotThrow(this::fireAll);

    assertThat(get("failures")).isEqualTo(30);
    assertThat(get("firstFailure")).isEqualTo("java.lang.StackOverflowError");
    assertThat(get("disarmed")).isEqualTo(false);
  }

  @Test
  void disarmThemselvesForGoodAfterTooManyFailures() {
    install(recorder);
    recorder.thrown = new AssertionError("thrown on purpose");
    for (int i = 0; i < MAX - 1; i++) {
      fire("threadStarting");
    }
    assertThat(get("disarmed")).isEqualTo(false);
    fire("threadStarting");
    assertThat(get("disarmed")).isEqualTo(true);

    recorder.heard.clear();
    fireAll();
    install(recorder);
    fireAll();

    assertThat(recorder.heard).isEmpty();
    assertThat(get("failures")).isEqualTo(MAX);
  }

  @Test
  void forgetListenersThatAreTakenAway() {
    install(recorder);
    install(null);
    fireAll();

    assertThat(recorder.heard).isEmpty();
  }

  private void install(@Nullable Recorder listener) {
    invoke(method("install"), listener, listener, listener);
  }

  private void fireAll() {
    hookMethods().forEach(this::fire);
  }

  private void fire(String hook) {
    fire(method(hook));
  }

  private void fire(Method hook) {
    Object[] arguments =
        Arrays.stream(hook.getParameterTypes()).map(this::argument).toArray();
    invoke(hook, arguments);
  }

  private Object argument(Class<?> type) {
    if (type == Thread.class) {
      return thread;
    }
    if (type == boolean.class) {
      return true;
    }
    return type == Runnable.class
        ? (Runnable) () -> {}
        : type == Throwable.class ? failure : "executor";
  }

  private Stream<Method> hookMethods() {
    return Arrays.stream(hooks.getMethods())
        .filter(m -> m.getDeclaringClass() == hooks
            && m.getParameterCount() > 0
            && !m.getName().equals("install"));
  }

  private @Nullable Object get(String name) {
    return invoke(method(name));
  }

  private Method method(String name) {
    return Arrays.stream(hooks.getMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Object invoke(Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(null, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError(method.getName(), e);
    }
  }
}
