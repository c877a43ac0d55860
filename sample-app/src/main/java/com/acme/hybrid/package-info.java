/**
 * Work of two kinds on the threads that suit each: computing on as many as there are processors, waiting on as many as may
 * wait; and a pipeline over both.
 *
 * <p>Depends on {@code com.acme.pool}, {@code com.acme.VirtualThreads} and the JDK.
 */
package com.acme.hybrid;
