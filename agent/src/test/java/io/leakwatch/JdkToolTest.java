package io.leakwatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkToolTest {
  @ParameterizedTest
  @CsvSource({
    "jdk.jcmd,sun.tools.jcmd.JCmd",
    "jdk.compiler,com.sun.tools.javac.Main",
    "java.base,sun.security.tools.keytool.Main",
    "jdk.jartool,"
  })
  void recognisesTheJdksOwnTools(String module, String mainClass) {
    assertThat(JdkTool.isTool(module, mainClass)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "jdk.compiler,com.sun.tools.javac.launcher.Main",
    "jdk.compiler,com.sun.tools.javac.launcher.SourceLauncher"
  })
  void takesASourceFileThatIsRunForAnApplication(String module, String mainClass) {
    assertThat(JdkTool.isTool(module, mainClass)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"com.acme.shop,com.acme.shop.Main", "javax.acme,", "jdkx.acme,", ","})
  void takesEverythingElseForAnApplication(String module, String mainClass) {
    assertThat(JdkTool.isTool(module, mainClass)).isFalse();
  }

  @Test
  void takesThisVeryJvmForAnApplication() {
    assertThat(JdkTool.isThisProcess()).isFalse();
  }
}
