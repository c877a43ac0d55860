/**
 * The detectors: pure functions from the history of samples to findings.
 *
 * <p>Loaded by: the agent's class loader. May use: {@code sample}, {@code finding}, {@code frames}. No clock, no I/O, no
 * state: whoever wants to know why something was or was not found can replay a history in a unit test.
 */
package io.leakwatch.detect;
