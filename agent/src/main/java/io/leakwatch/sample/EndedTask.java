package io.leakwatch.sample;

import java.time.Duration;

/**
 * A task that was slow and has ended since the last sample.
 *
 * @param task it at the last sample at which it was looked at
 * @param ranFor how long it ran at the most: from the first sample at which it ran to the first one at which it did not
 */
public record EndedTask(SlowTask task, Duration ranFor) {}
