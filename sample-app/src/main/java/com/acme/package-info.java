/**
 * The sample application: an ordinary program with ordinary leaks, to be watched by the agent.
 *
 * <p>Loaded by the application's class loader; knows nothing of Leakwatch. Its package is not one
 * of Leakwatch's on purpose: it stands for an application of somebody else.
 */
package com.acme;
