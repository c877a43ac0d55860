/** What the benchmarks have in common. Uses the JDK only. */
package io.leakwatch.benchmarks;
