/**
 * The options: what they are, where they come from, and the typed configuration they make.
 *
 * <p>{@link io.leakwatch.config.ConfigOption#all()} is the one list; the help text, the README table and the parser
 * follow it. Whatever the text is, parsing never fails: a bad part is one warning and its default is used.
 *
 * <p>Class loader: the agent's own. May use: the JDK ({@code java.io}, not the NIO file system, as this runs in premain)
 * and {@code io.leakwatch.finding.Verdict}.
 */
@NullMarked
package io.leakwatch.config;

import org.jspecify.annotations.NullMarked;
