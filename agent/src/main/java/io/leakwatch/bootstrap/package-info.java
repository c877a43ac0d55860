/**
 * The bridge between woven JDK methods and the agent: static entry points and the interfaces behind them.
 *
 * <p>Loaded by: the boot class loader, so that {@code java.base} can call it. May use: {@code java.base} only. Knows JDK
 * types only; the agent's own classes are on the other side of the listener interfaces.
 */
package io.leakwatch.bootstrap;
