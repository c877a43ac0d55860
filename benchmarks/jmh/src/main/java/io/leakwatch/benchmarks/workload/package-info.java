/**
 * Throughput of the sample application's workloads: the pipeline on three kinds of executor, and each workload with and
 * without the agent. Programs of their own rather than JMH, since what they compare takes turns: run by run, or JVM by JVM.
 */
package io.leakwatch.benchmarks.workload;
