/**
 * The account of live threads and executors: what exists, where it was made, whose it is.
 *
 * <p>Loaded by: the agent's class loader. May use: {@code bootstrap}, {@code frames}. The hooks' side ({@code
 * ThreadRegistry}, {@code ExecutorRegistry} as listeners) only pushes into lock-free inboxes; everything else belongs to
 * the one thread that takes a census. Live threads are never stored: the JDK keeps them, and the census asks it.
 */
package io.leakwatch.registry;
