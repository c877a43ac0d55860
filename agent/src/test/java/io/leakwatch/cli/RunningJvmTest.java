package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningJvmTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Main                      | com.acme.Main",
        "com.acme.Main --token=x            | com.acme.Main",
        "com.acme.Main /data/x.jar y        | com.acme.Main",
        "app.jar --token=x                  | app.jar",
        "/opt/app.jar                       | /opt/app.jar",
        "/opt/my app/app.jar                | /opt/my app/app.jar",
        "/opt/my app/app.jar --token=x      | /opt/my app/app.jar",
        "C:\\my app\\app.jar --token=x      | C:\\my app\\app.jar",
        "com.acme/com.acme.Main --token=x   | com.acme/com.acme.Main",
        "''                                 | ''",
      })
  void mainIsTheClassOrJarWithoutArguments(String commandLine, String main) {
    assertThat(new RunningJvm(1, commandLine).main()).isEqualTo(main);
  }
}
