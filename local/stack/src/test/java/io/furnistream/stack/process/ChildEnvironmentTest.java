package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of the user's variables a child gets. */
class ChildEnvironmentTest {

  private static final Map<String, String> USERS =
      Map.of(
          "PATH", "/usr/bin",
          "FURNISTREAM_PUBLIC_LINK", "on",
          "JAVA_TOOL_OPTIONS", "-XX:+UseG1GC",
          "HTTPS_PROXY", "http://proxy:3128",
          "PYTHONHOME", "/nowhere",
          "TZ", "Asia/Tokyo",
          "A_TOKEN", "a secret");

  @Test
  void aServiceGetsWhatItNeedsAndNothingMore() {
    Map<String, String> environment = new HashMap<>(USERS);

    ChildEnvironment.ofService(environment, Map.of("OWN", "value"));

    assertThat(environment)
        .containsOnly(
            Map.entry("PATH", "/usr/bin"),
            Map.entry("FURNISTREAM_PUBLIC_LINK", "on"),
            Map.entry("LC_ALL", "C.UTF-8"),
            Map.entry("TZ", "UTC"),
            Map.entry("OWN", "value"));
  }

  @Test
  void anInstallKeepsTheUsersWayOutAndNotTheUsersPython() {
    Map<String, String> environment = new HashMap<>(USERS);

    ChildEnvironment.ofInstall(environment);

    assertThat(environment)
        .containsEntry("HTTPS_PROXY", "http://proxy:3128")
        .doesNotContainKey("PYTHONHOME");
  }
}
