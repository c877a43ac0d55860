package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.KeptAlive;

/** The agent that looks for leaks is none: what it has seen, it lets go. */
class KeptAliveIT {
  @OnEveryJdk
  void redeployedApplicationsAreCollectedAndNothingOfThemIsHeld(JdkUnderTest jdk) {
    int times = Safety.rounds(200, 1_000);
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("interval=500ms,warmup=0s")
        .jvmArgs(
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.math=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
            "--add-opens=java.base/java.util.function=ALL-UNNAMED",
            "--add-opens=java.base/java.util.regex=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.vm=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.access=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
            "--add-opens=java.instrument/sun.instrument=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED")
        .main(KeptAlive.class, "" + times)) {
      assertThat(Watchdog.awaitExit(jdk, app)).as(app::transcript).isZero();
      assertThat(app.stdout())
          .as(app::transcript)
          .isEqualTo(times + " of " + times + " loaders were collected\nheld: []\n");
    }
  }
}
