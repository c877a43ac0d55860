package io.leakwatch.junit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test, a class or a run while it is watched. It is opened, entered and ended on the thread of the test; JUnit ends it
 * when it ends the context of it, behind everything else that belongs to the test.
 */
@SuppressWarnings(
    "deprecation") // CloseableResource: what JUnit 5.12 knows; AutoCloseable: 5.13 and 6
final class WatchedScope implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private final Agent agent;
  private final String name;
  private final Object scope;
  private final Settings settings;
  private final Expectations expectations;
  private final KnownFile known;
  private final boolean shared;
  private @Nullable Object before;

  private WatchedScope(
      Agent agent,
      String name,
      Object scope,
      Settings settings,
      Expectations expectations,
      KnownFile known,
      boolean shared) {
    this.agent = agent;
    this.name = name;
    this.scope = scope;
    this.settings = settings;
    this.expectations = expectations;
    this.known = known;
    this.shared = shared;
  }

  /** Opens one. */
  static WatchedScope open(
      Agent agent, String name, Settings settings, Expectations expectations, KnownFile known) {
    Object scope = agent.open(name);
    return new WatchedScope(agent, name, scope, settings, expectations, known, false);
  }

  /** The same one, for another thread or another part of it: to enter and leave, its end comes later. */
  WatchedScope part() {
    return new WatchedScope(agent, name, scope, settings, expectations, known, true);
  }

  /** From now on what the current thread makes belongs to it. */
  WatchedScope enter() {
    before = agent.enter(scope);
    return this;
  }

  /**
   * Leaves it, and looks what is left of it unless it is only a part.
   *
   * @throws LeakError when there is something that nobody has foreseen
   */
  @Override
  public void close() {
    Object back = before;
    if (back != null) {
      agent.leave(back);
      before = null;
    }
    if (!shared) {
      judge(agent.close(scope, settings.forAgent()));
    }
  }

  private void judge(List<Leak> leaks) {
    known.note(leaks);
    List<Leak> unforeseen = expectations.unforeseen(leaks);
    List<LeakKind> missing = expectations.missing(leaks);
    String message = LeakMessage.of(name, unforeseen, missing);
    if (message.isEmpty()) {
      return;
    }
    if (settings.reportOnly()) {
      System.err.println(message);
    } else {
      throw new LeakError(message);
    }
  }
}
