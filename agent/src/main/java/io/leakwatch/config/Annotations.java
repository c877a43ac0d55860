package io.leakwatch.config;

import java.util.Map;

/** Whether findings are said in the form that a build service shows beside the lines of the code. */
public enum Annotations {
  OFF,
  /** Where one is recognised. */
  AUTO,
  GITHUB;

  static final String GITHUB_SAYS = "GITHUB_ACTIONS";

  /** Whether to write them for GitHub, in a process with this environment. */
  boolean areForGithub(Map<String, String> environment) {
    return this == GITHUB || (this == AUTO && "true".equals(environment.get(GITHUB_SAYS)));
  }
}
