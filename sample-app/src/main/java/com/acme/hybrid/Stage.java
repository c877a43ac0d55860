package com.acme.hybrid;

/** The steps of a {@link Pipeline}. */
public enum Stage {
  FETCH,
  COMPUTE,
  STORE
}
