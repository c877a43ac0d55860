/**
 * What runs and what waits in the executors of a JVM at one moment: values, made when somebody asks for them.
 *
 * <p>Loaded by: the agent's class loader. May use: the JDK only. Holds text and numbers, never a live object.
 */
@NullMarked
package io.leakwatch.tasks;

import org.jspecify.annotations.NullMarked;
