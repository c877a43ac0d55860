/**
 * The composition root: {@link io.leakwatch.runtime.Leakwatch} puts the pipeline together, {@link
 * io.leakwatch.runtime.Watch} runs it.
 *
 * <p>Loaded by: the agent's class loader. May use: everything.
 */
package io.leakwatch.runtime;
