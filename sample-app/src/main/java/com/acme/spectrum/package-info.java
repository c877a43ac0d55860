/**
 * The parts of the pipeline: signals from an HTTP server, their spectra by Fourier transform, an SQL table of them.
 *
 * <p>Depends on {@code com.acme.hybrid}, {@code com.acme.pool}, Hipparchus, H2 and the JDK.
 */
package com.acme.spectrum;
