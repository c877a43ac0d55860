/**
 * Text from outside, made fit for a log.
 *
 * <p>Loaded by: the agent's class loader. May use: the JDK only. Used by every layer that writes what it was given.
 */
package io.leakwatch.text;
