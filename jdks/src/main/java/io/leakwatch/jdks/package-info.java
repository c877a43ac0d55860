/** Which JDKs there are on this machine, for what compiles and runs programs on several of them. Uses the JDK only. */
package io.leakwatch.jdks;
