/**
 * Stacks that many threads may use at once: three ways to build one, and the JDK's deque for comparison.
 *
 * <p>Loaded by the application's class loader; uses the JDK only. Which to choose, and what each costs, is in {@code
 * docs/stacks.md}.
 */
package com.acme.stack;
