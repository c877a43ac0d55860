/**
 * Bounded, structured concurrency: tasks on virtual threads, a limited number at a time, none of which outlives its pool.
 *
 * <p>Depends on {@code com.acme.VirtualThreads} and the JDK.
 */
package com.acme.pool;
