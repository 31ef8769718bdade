package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.testing.TestBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints, and how it ends. */
class ProvisionCommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String brokers, String settings, String... arguments) throws IOException {
    Path connectors = folder.resolve("connectors");
    Files.createDirectories(connectors.resolve("cassandra"));
    Files.createDirectories(connectors.resolve("postgres"));
    Path file = Files.writeString(folder.resolve("cluster.properties"), settings);
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Commands.commandLine(
            new ProvisionCommand(
                () ->
                    new ProvisionTarget(
                        Endpoints.fromEnvironment(Map.of(Endpoints.BOOTSTRAP_SERVERS, brokers)),
                        Optional.empty(),
                        CassandraAccess.OPEN),
                () -> new PlatformFiles(connectors),
                () -> PlatformSettings.read(file)))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void whatMustBeSettledFirstIsMarkedAndARefusalIsADocumentToo() throws Exception {
    try (TestBroker broker = TestBroker.start(folder.resolve("broker"))) {
      String brokers = broker.bootstrapServers();
      assertThat(run(brokers, "", "--only", "kafka")).as(err.toString()).isZero();

      String three =
          """
          kafka.replication.factor=3
          kafka.partitions.run_ledger=2
          """;
      assertThat(run(brokers, three, "--only", "kafka", "--check"))
          .isEqualTo(ExitStatus.ANSWER_IS_NO);
      assertThat(out.toString().lines())
          .filteredOn(line -> line.contains("kafka.replication.factor"))
          .as("one for all topics, where there are too few brokers")
          .singleElement()
          .asString()
          .startsWith("kafka     [settle first] topic daily_records, and ")
          .contains("must have 3 copies", "has 1 broker(s)", "cluster.properties");
      assertThat(out.toString()).doesNotContain("kafka-reassign-partitions");
      assertThat(out.toString())
          .contains("2 must be settled first, marked [settle first]: until then provision");

      assertThat(run(brokers, three, "--only", "kafka", "--json")).isEqualTo(ExitStatus.CANNOT_RUN);
      assertThat(err.toString()).contains("Nothing was changed.");
      JsonNode document = new ObjectMapper().readTree(out.toString());
      assertThat(document.path("agrees").asBoolean(true)).isFalse();
      assertThat(document.path("changes")).isEmpty();
      assertThat(document.path("differences"))
          .filteredOn(each -> each.path("settle_first").asBoolean())
          .extracting(each -> each.path("thing").asText())
          .hasSize(2)
          .contains("topic run_ledger");
    }
  }

  @Test
  void aWaitDoesNotGoFarBeyondItsLimit() throws Exception {
    Instant start = Instant.now();

    assertThat(run("127.0.0.1:1", "", "--only", "kafka", "--timeout", "0"))
        .isEqualTo(ExitStatus.CANNOT_RUN);

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(err.toString()).contains("Kafka at 127.0.0.1:1 does not answer");
  }
}
