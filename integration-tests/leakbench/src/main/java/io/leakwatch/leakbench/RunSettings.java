package io.leakwatch.leakbench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How programs are run.
 *
 * @param seconds how long each is under load
 * @param slower by how many times fewer requests a second than each program's own
 * @param agent the detector's jar; null for runs without one, in which the naive watcher and the growth are recorded
 * @param options the agent's options, without the file that gets its JSON
 * @param results the folder that gets the files of each run
 */
record RunSettings(
    double seconds, int slower, @Nullable Path agent, String options, Path results) {}
