package io.leakwatch.finding;

import java.time.Instant;

/**
 * A finding with its life, as a report tells it.
 *
 * @param finding what was last detected; for an ended finding, what it was before it ended
 * @param verdict the strongest verdict it reached, or {@link Verdict#RETRACTED}
 * @param state where it stands
 * @param firstSeen the time of the first sample at which it was detected
 * @param known whether its fingerprint is in the file of known findings, so that it fails no build
 */
public record TrackedFinding(
    Finding finding, Verdict verdict, FindingState state, Instant firstSeen, boolean known) {}
