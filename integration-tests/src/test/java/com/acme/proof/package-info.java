/** Threads that wait for ever, and threads that only look like it, each named by what a proof must say of it. */
@NullMarked
package com.acme.proof;

import org.jspecify.annotations.NullMarked;
