/**
 * Scopes: what a test, a class of tests or a run has left behind. The answer to a test framework, which asks through {@code
 * ScopeService} of the boot bridge.
 *
 * <p>Loaded by: the agent's class loader. May use: {@code bootstrap}, {@code config}, {@code registry}, {@code sample},
 * {@code detect}, {@code finding}, {@code report}, {@code frames}. Of all this nothing but one object is there until
 * somebody asks.
 */
package io.leakwatch.scope;
