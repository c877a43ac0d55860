package com.acme.spectrum;

import org.hipparchus.complex.Complex;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/**
 * The loudest frequency of a signal.
 *
 * <p>By the mean of the periodograms of half-overlapping windows: P. D. Welch, The Use of Fast Fourier Transform for the
 * Estimation of Power Spectra, 1967; windows after J. von Hann. The transform is Hipparchus's.
 *
 * @param id the number of the signal
 * @param peak where the power is greatest, in swings per window
 * @param power the power there
 */
record Spectrum(long id, int peak, double power) {
  /** Samples of a window. */
  static final int WINDOW = 1_024;

  private static final int STEP = WINDOW / 2;
  private static final double[] HANN = hann();

  /** Computes it; for a signal that is at least one window long. */
  static Spectrum of(Signal signal) {
    FastFourierTransformer transformer = new FastFourierTransformer(DftNormalization.STANDARD);
    double[] sum = new double[WINDOW / 2];
    double[] windowed = new double[WINDOW];
    int windows = 0;
    for (int start = 0; start + WINDOW <= signal.samples().length; start += STEP) {
      for (int i = 0; i < WINDOW; i++) {
        windowed[i] = signal.samples()[start + i] * HANN[i];
      }
      Complex[] transformed = transformer.transform(windowed, TransformType.FORWARD);
      for (int i = 0; i < sum.length; i++) {
        double re = transformed[i].getReal();
        double im = transformed[i].getImaginary();
        sum[i] += re * re + im * im;
      }
      windows++;
    }
    int peak = 0;
    for (int i = 1; i < sum.length; i++) {
      peak = sum[i] > sum[peak] ? i : peak;
    }
    return new Spectrum(signal.id(), peak, sum[peak] / windows);
  }

  private static double[] hann() {
    double[] hann = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
    }
    return hann;
  }
}
