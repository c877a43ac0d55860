/**
 * The sample application's stacks under stress (jcstress): what two threads may get from them, and what never.
 *
 * <p>Runs in JVMs that jcstress forks; uses the sample application and jcstress.
 */
package io.leakwatch.benchmarks.stack;
