/**
 * Proves from a heap dump which threads can never run again, as Go's goroutine leak profile does: a blocked thread whose wake-up
 * nothing that can run is able to reach, waits for ever. See {@code docs/proof.md}.
 *
 * <p>Loaded by: the agent's class loader, in the command line's JVM only. May use: {@code prove.heap}, {@code finding},
 * {@code frames}, {@code text}.
 */
@NullMarked
package io.leakwatch.prove;

import org.jspecify.annotations.NullMarked;
