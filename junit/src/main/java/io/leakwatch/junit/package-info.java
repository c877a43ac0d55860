/**
 * The JUnit extension: fails a test that leaves threads, executors or tasks behind.
 *
 * <p>Loaded by: the class loader of those who test. May use: JUnit Jupiter and the JDK; the agent only through {@code
 * ScopeService} of the boot bridge, by reflection, because the two do not see each other.
 */
package io.leakwatch.junit;
