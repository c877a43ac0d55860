/**
 * Runs programs that leak, and their clean twins, with a leak detector in them, and scores what it says.
 *
 * <p>Loaded by: a JVM of its own. May use: the JDK and Jackson; of the agent, only the finished jar and its JSON.
 */
@NullMarked
package io.leakwatch.leakbench;

import org.jspecify.annotations.NullMarked;
