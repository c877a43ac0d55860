/**
 * What the agent adds to the price of a task, measured against an agent that does nothing.
 *
 * <p>Two JVMs that differ in the agent only do the same work by turns, so that what disturbs the one disturbs the other.
 * Uses the sample application (for virtual threads) and the JDK; JMH knows no such pairs.
 */
package io.leakwatch.benchmarks.cost;
