/**
 * What runs in the JVMs that are measured: it does what it is told over its standard input, a line a command, and ends with
 * that. Uses the sample application (for virtual threads), the two servers and the JDK.
 */
package io.leakwatch.benchmarks.cost.program;
