/**
 * The way in: {@code -javaagent}, attach and {@code java -jar}.
 *
 * <p>Loaded by: the system class loader. May use: the JDK. Finds the jar, defines the boot bridge, makes the isolated
 * loader, calls one method behind it, and catches everything.
 */
package io.leakwatch;
