/**
 * Which JDK methods are woven ({@link io.leakwatch.instrument.HookTable}) and how ({@link
 * io.leakwatch.instrument.Weaver}).
 *
 * <p>Loaded by: the agent's class loader. May use: {@code bootstrap} (by name in woven code) and the ASM that Byte Buddy
 * bundles. Every hook is one static call, so plain ASM says it as readably as advice would, at half of the start-up
 * cost.
 */
package io.leakwatch.instrument;
