/**
 * Programs for the tests to watch. They run in forked JVMs, stand for applications of somebody else, and know nothing of
 * Leakwatch.
 */
package com.acme.programs;
