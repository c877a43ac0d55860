/**
 * What the agent costs, measured against no agent, an agent that does nothing, and what a user would take instead.
 *
 * <p>JVMs that differ in the agent only do the same work by turns, so that what disturbs one disturbs all; JMH knows no such
 * sets. What runs in them is in {@code cost.program}. Uses the JDK only.
 */
package io.leakwatch.benchmarks.cost;
