/**
 * The command line: {@code java -jar leakwatch.jar list | attach | tasks | report | help}.
 *
 * <p>Runs in a JVM of its own, never in a watched one. Class loader: the agent's own, with the system class loader as
 * parent, because {@code jdk.attach} is visible from there only. May use: the JDK, {@code io.leakwatch.config}, {@code io.leakwatch.text}.
 */
@NullMarked
package io.leakwatch.cli;

import org.jspecify.annotations.NullMarked;
