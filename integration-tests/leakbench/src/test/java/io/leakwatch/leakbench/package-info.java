/** Tests of the benchmark's scoring, and a slice of the benchmark itself. */
@NullMarked
package io.leakwatch.leakbench;

import org.jspecify.annotations.NullMarked;
