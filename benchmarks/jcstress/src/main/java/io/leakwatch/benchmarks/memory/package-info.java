/**
 * What one thread sees of what another has written: litmus tests of the Java memory model (jcstress).
 *
 * <p>Each way to publish a value stands beside a broken twin. {@code docs/memory-model.md} walks through them. Runs in JVMs
 * that jcstress forks; uses the JDK and jcstress.
 */
package io.leakwatch.benchmarks.memory;
