/**
 * What the JVM looked like, at intervals: the sampler, immutable samples, and their bounded history.
 *
 * <p>Loaded by: the agent's class loader. May use: {@code registry}, {@code frames}. Samples hold numbers and text only,
 * so the detectors behind them are pure functions.
 */
package io.leakwatch.sample;
