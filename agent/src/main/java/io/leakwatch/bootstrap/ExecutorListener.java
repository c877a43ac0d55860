package io.leakwatch.bootstrap;

/**
 * Hears of executors and timers. The same rules as for {@link ThreadListener}.
 */
public interface ExecutorListener {
  /**
   * An executor or a {@link java.util.Timer} was made; called at the end of its constructor, before a subclass's own
   * constructor has run.
   */
  void onCreated(Object executor);
}
