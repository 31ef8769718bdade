package io.furnistream.stores.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the driver's settings, and ours over it. */
class DriverSettingsTest {

  private static final String OURS = "datastax-java-driver.basic.request.timeout = 20 seconds";

  @TempDir private Path folder;

  private DriverExecutionProfile settings(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("driver.conf"), text);
    return DriverSettings.of(file.toString(), OURS).getInitialConfig().getDefaultProfile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datastax-java-driver.basic.session-name = theirs\n"
            + "datastax-java-driver.basic.request.timeout = 1 second",
        "{datastax-java-driver {basic {session-name = theirs, request.timeout = 1 second}}}",
        "include \"shared.conf\"",
        "name = theirs\ndatastax-java-driver.basic.session-name = ${name}"
      })
  void everyFormOfAFileIsTakenAndOursWins(String text) throws IOException {
    Files.writeString(
        folder.resolve("shared.conf"), "datastax-java-driver.basic.session-name = theirs");

    DriverExecutionProfile settings = settings(text);

    assertThat(settings.getString(DefaultDriverOption.SESSION_NAME)).isEqualTo("theirs");
    assertThat(settings.getDuration(DefaultDriverOption.REQUEST_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.getInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD)).isZero();
  }

  @Test
  void withoutAFileThereAreOurs() {
    assertThat(
            DriverSettings.of(" ", OURS)
                .getInitialConfig()
                .getDefaultProfile()
                .getDuration(DefaultDriverOption.REQUEST_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> settings("{ no end"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("driver.conf")
        .hasMessageContaining("FURNISTREAM_CASSANDRA_CONFIG");
    assertThatThrownBy(() -> DriverSettings.of(folder.resolve("none.conf").toString(), OURS))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("none.conf");
  }
}
