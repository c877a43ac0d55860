/**
 * The command line: {@code java -jar leakwatch.jar list | attach | tasks | report | prove | help}.
 *
 * <p>Runs in a JVM of its own, never in a watched one. Class loader: the agent's own, with the system class loader as
 * parent, because {@code jdk.attach} is visible from there only. May use: the JDK, {@code config}, {@code text}, {@code finding}, {@code prove}, {@code report}.
 */
@NullMarked
package io.leakwatch.cli;

import org.jspecify.annotations.NullMarked;
