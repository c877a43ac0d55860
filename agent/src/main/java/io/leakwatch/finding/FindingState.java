package io.leakwatch.finding;

/** Where a finding stands in its life. */
public enum FindingState {
  /** Reported for the first time. */
  NEW,
  /** Reported before and still there. */
  ONGOING,
  /** Reported before; somebody acted and it is gone (its executors were shut down). */
  RESOLVED,
  /** Reported before; its threads ended by themselves, so it was no leak. */
  RETRACTED;

  /** Whether the finding still stands. */
  public boolean isOpen() {
    return this == NEW || this == ONGOING;
  }
}
