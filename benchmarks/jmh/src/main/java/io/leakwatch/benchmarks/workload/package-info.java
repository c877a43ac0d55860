/**
 * Throughput of the sample application's workloads: the pipeline on four executors, how long a job waits among others that
 * compute, and each workload with and without the agent. Programs of their own rather than JMH, since what they compare takes
 * turns: run by run, or JVM by JVM.
 */
package io.leakwatch.benchmarks.workload;
