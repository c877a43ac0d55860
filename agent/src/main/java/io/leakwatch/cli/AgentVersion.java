package io.leakwatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this jar: what the agent says of itself, and the command line compares. */
public final class AgentVersion {
  private AgentVersion() {}

  /** Such as {@code 1.2.3}; {@code unknown} where the jar does not say. */
  public static String current() {
    try (InputStream in = AgentVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
