/**
 * Says what was found: as text in the agent's own log, as one JSON object a line.
 *
 * <p>Lives in the agent's own class loader. Depends on {@code finding} and the JDK; only {@link
 * io.leakwatch.report.LogbackLines} knows Logback. Nothing in here decides anything about leaks.
 */
@NullMarked
package io.leakwatch.report;

import org.jspecify.annotations.NullMarked;
