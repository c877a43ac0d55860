/**
 * How fast the sample application's stacks are (JMH).
 *
 * <p>Runs in JVMs that JMH forks; uses the sample application and JMH.
 */
package io.leakwatch.benchmarks.stack;
