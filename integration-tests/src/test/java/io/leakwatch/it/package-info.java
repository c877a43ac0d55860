/**
 * Tests that fork real JVMs with the finished agent jar, on every JDK of this machine.
 *
 * <p>{@link io.leakwatch.it.AgentJvm} starts one, {@link io.leakwatch.it.AgentProcess} waits for what it says. The
 * agent is known by its command line, its log and its JSON reports only: no class of it is used here. The watched
 * programs are the sample application and {@code com.acme.programs}.
 */
@NullMarked
package io.leakwatch.it;

import org.jspecify.annotations.NullMarked;
