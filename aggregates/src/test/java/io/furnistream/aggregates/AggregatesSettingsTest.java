package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatesSettingsTest {

  @TempDir private Path folder;

  @Test
  void everySettingComesFromTheEnvironmentOrTheFileOfSettings() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("cluster.properties"),
            """
            kafka.replication.factor=3
            kafka.min.insync.replicas=2
            aggregates.standby.replicas=1
            """);
    assertThat(
            AggregatesSettings.fromEnvironment(
                Map.of(
                    "FURNISTREAM_BOOTSTRAP_SERVERS",
                    "127.0.0.1:1092",
                    "FURNISTREAM_REGISTRY_URL",
                    "http://127.0.0.1:1081",
                    "FURNISTREAM_AGGREGATES_STATE_DIR",
                    "elsewhere",
                    "FURNISTREAM_AGGREGATES_HEALTH_PORT",
                    "0",
                    "FURNISTREAM_AGGREGATES_THREADS",
                    "4",
                    PlatformSettings.VARIABLE,
                    settings.toString())))
        .isEqualTo(
            new AggregatesSettings(
                new AvroClients("127.0.0.1:1092", "http://127.0.0.1:1081"),
                Path.of("elsewhere"),
                0,
                4,
                3,
                2,
                1));
  }

  @Test
  void nothingSetSuitsOneMachine() {
    assertThat(AggregatesSettings.fromEnvironment(Map.of()))
        .isEqualTo(
            new AggregatesSettings(
                new AvroClients("127.0.0.1:9092", "http://127.0.0.1:8081/apis/ccompat/v7"),
                Path.of("var/aggregates"),
                8084,
                2,
                1,
                1,
                0));
  }

  @ParameterizedTest
  @CsvSource({
    "FURNISTREAM_AGGREGATES_HEALTH_PORT, 65536",
    "FURNISTREAM_AGGREGATES_HEALTH_PORT, -1",
    "FURNISTREAM_AGGREGATES_THREADS, 0",
    "FURNISTREAM_AGGREGATES_THREADS, two"
  })
  void aNumberOutOfRangeSaysWhichOne(String name, String value) {
    assertThatThrownBy(() -> AggregatesSettings.fromEnvironment(Map.of(name, value)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value);
  }
}
