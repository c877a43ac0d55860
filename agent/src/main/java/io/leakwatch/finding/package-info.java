/**
 * What was found: values without a live object in them, and the tracker that gives them a life (new, ongoing, ended).
 *
 * <p>Lives in the agent's own class loader. Depends on the JDK and on the values in {@code tasks}: detectors fill these values, reporters format them.
 */
@NullMarked
package io.leakwatch.finding;

import org.jspecify.annotations.NullMarked;
