/**
 * Stack frames: whose they are, and how they are written.
 *
 * <p>Loaded by: the agent's class loader. May use: the JDK only. Used by every layer that handles stacks.
 */
package io.leakwatch.frames;
