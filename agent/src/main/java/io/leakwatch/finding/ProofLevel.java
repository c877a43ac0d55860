package io.leakwatch.finding;

/** What a proof by reachability says of a thread, the strongest first. The names are part of the JSON contract. */
public enum ProofLevel {
  /** Neither the thread nor what it waits for can be reached by anything that can run: it never runs again. */
  PROVEN("PROVEN", Verdict.PROVEN, Verdict.CONFIRMED),
  /** It waits for a lock whose owner has ended, or will never run again, or waits for it in turn. */
  ORPHAN_LOCK("ORPHAN LOCK", Verdict.PROVEN, Verdict.CONFIRMED),
  /** What it waits for cannot be reached, but the thread can: only an interrupt could end its wait. */
  INTERRUPTIBLE("INTERRUPTIBLE", Verdict.CONFIRMED, Verdict.SUSPECTED),
  /** What it waits for can be reached through weak or soft references only. */
  WEAK("WEAK", Verdict.SUSPECTED, Verdict.SUSPECTED);

  private final String title;
  private final Verdict confirmed;
  private final Verdict unconfirmed;

  ProofLevel(String title, Verdict confirmed, Verdict unconfirmed) {
    this.title = title;
    this.confirmed = confirmed;
    this.unconfirmed = unconfirmed;
  }

  /** As the first line of a finding says it. */
  public String title() {
    return title;
  }

  /**
   * The verdict that this is worth.
   *
   * @param isConfirmed whether the threads were seen not to run around the moment of the dump; without that a thread could
   *     just have been woken
   */
  public Verdict verdict(boolean isConfirmed) {
    return isConfirmed ? confirmed : unconfirmed;
  }
}
