/**
 * Which JDK methods are woven ({@link io.leakwatch.instrument.HookTable}) and how ({@link
 * io.leakwatch.instrument.Weaver}).
 *
 * <p>Loaded by: the agent's class loader. May use: {@code bootstrap} (by name in woven code). Every hook is one static call,
 * which takes some hundred lines to weave; a library takes four times as long to start.
 */
package io.leakwatch.instrument;
