/**
 * Reads heap dumps in the HPROF binary format, as {@code src/hotspot/share/services/heapDumper.cpp} of OpenJDK writes them.
 *
 * <p>The file is mapped into memory and gone through twice; what is kept of an object is a bit and its place in the file,
 * never a Java object. Loaded by: the agent's class loader, in the command line's JVM only. May use: the JDK.
 */
@NullMarked
package io.leakwatch.prove.heap;

import org.jspecify.annotations.NullMarked;
