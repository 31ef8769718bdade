package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.ExitStatus;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Provisioning of what runs: what was changed by hand is named, and made to agree again. */
@OnCoreStack
class ProvisionIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CONNECTORS =
      Path.of(System.getProperty("furnistream.home"), "connectors");

  private final CoreStack stack;
  private final HttpClient http = HttpClient.newHttpClient();

  ProvisionIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void aStackThatIsUpAgreesAndStaysAsItIs() throws Exception {
    CommandProcess.Result check = stack.succeed("provision", "--check");
    assertThat(check.out())
        .isEqualTo("All agrees: kafka, registry, cassandra, postgres, connect.\n");

    JsonNode applied = JSON.readTree(stack.succeed("provision", "--json").out());
    assertThat(applied.path("agrees").asBoolean()).isTrue();
    assertThat(applied.path("changes")).isEmpty();
  }

  @Test
  void whatWasChangedByHandIsNamedAndMended() throws Exception {
    // A table of its own, as a later version may bring it: no other may be lost.
    Path later = Files.createDirectories(stack.path("later-connectors"));
    PathUtils.copyDirectory(CONNECTORS.resolve("cassandra"), later.resolve("cassandra"));
    PathUtils.copyDirectory(CONNECTORS.resolve("postgres"), later.resolve("postgres"));
    for (String name :
        List.of("cassandra-daily-records", "cassandra-daily-report", "postgres-daily-report")) {
      Files.copy(CONNECTORS.resolve(name + ".json"), later.resolve(name + ".json"));
    }
    Files.writeString(
        later.resolve("cassandra/V999__later.cql"),
        "CREATE TABLE IF NOT EXISTS furniture.later (\n  name text,\n  PRIMARY KEY ((name))\n);\n");
    CommandProcess furnistream = stack.with(Map.of("FURNISTREAM_CONNECTORS", later.toString()));
    try {
      breakEverything();

      CommandProcess.Result check = furnistream.run("provision", "--check", "--json");
      assertThat(check.status()).as(check.err()).isEqualTo(1);
      JsonNode differences = JSON.readTree(check.out()).path("differences");
      List<String> named =
          Stream.of("thing", "difference")
              .flatMap(field -> differences.findValuesAsText(field).stream())
              .toList();
      assertThat(differences.findValuesAsText("thing"))
          .containsExactly(
              "topic run_ledger",
              "subject daily_records-buckets",
              "subject run_ledger-value",
              "table furniture.later",
              "role report_reader",
              "role report_reader",
              "role sink_writer",
              "connector cassandra-daily-report");
      assertThat(named)
          .contains(
              "has the compatibility FORWARD instead of BACKWARD",
              "has another password than the one that is given",
              "lacks SELECT on daily_report.daily_state",
              "lacks INSERT on daily_report.daily_state")
          .anyMatch(text -> text.startsWith("has message.timestamp.after.max.ms=3600000 instead"));
      assertThat(differences.findValuesAsText("mended_by_provision")).containsOnly("true");

      CommandProcess.Result applied = furnistream.run("provision");
      assertThat(applied.status()).as(applied.err()).isZero();
      assertThat(applied.out())
          .contains(
              "topic run_ledger was given message.timestamp.after.max.ms=",
              "table furniture.later was created",
              "connector cassandra-daily-report was created",
              "8 change(s); now all agrees.");
      assertThat(furnistream.run("provision").out()).isEqualTo("Nothing to change: all agreed.\n");
      assertThat(furnistream.run("provision", "--check").status()).isZero();
    } finally {
      // Whatever failed: the tests that follow need what was broken.
      furnistream.run("provision");
      try (CqlSession session = stack.cassandra()) {
        session.execute(
            SimpleStatement.newInstance("DROP TABLE IF EXISTS furniture.later")
                .setTimeout(Duration.ofSeconds(30)));
      }
    }
    stack.verified();
  }

  @Test
  void aViewThatWasDroppedIsNamedWithWhoMakesItAgain() throws Exception {
    String view = "daily_report.yearly_sales";
    try (Connection connection = stack.postgres("furnistream", "admin", "POSTGRES_ADMIN_PASSWORD");
        Statement statement = connection.createStatement()) {
      String query;
      try (ResultSet result =
          statement.executeQuery("SELECT pg_get_viewdef('%s'::regclass)".formatted(view))) {
        result.next();
        query = result.getString(1);
      }
      statement.execute("DROP VIEW " + view);
      try {
        CommandProcess.Result check = stack.run("provision", "--check");
        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out())
            .contains("postgres  [settle first] view %s is missing".formatted(view), "as admin,");
      } finally {
        statement.execute("CREATE VIEW %s AS %s".formatted(view, query));
      }
    }
    stack.succeed("provision", "--check");
  }

  @Test
  void aPausedConnectorIsNamedAndLeftPaused() throws Exception {
    String sink = "cassandra-daily-report";
    String named = "connect   [left to you] connector %s is PAUSED".formatted(sink);
    try {
      stack.succeed("connectors", "pause", sink);
      await()
          .atMost(RunningStack.LIMIT)
          .untilAsserted(
              () -> {
                CommandProcess.Result check = stack.run("provision", "--check");
                assertThat(check.out()).contains(named, "furnistream connectors resume " + sink);
                assertThat(check.status()).isEqualTo(1);
              });
      assertThat(stack.succeed("provision").out())
          .contains(named, "0 change(s); 1 difference(s) left to you.");
    } finally {
      stack.succeed("connectors", "resume", sink);
    }
    await()
        .atMost(RunningStack.LIMIT)
        .until(() -> stack.run("provision", "--check").status() == ExitStatus.DONE);
  }

  private void breakEverything() throws Exception {
    ConfigResource ledger = new ConfigResource(ConfigResource.Type.TOPIC, "run_ledger");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  ledger,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("message.timestamp.after.max.ms", null),
                          AlterConfigOp.OpType.DELETE))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    for (String subject : List.of("daily_records-buckets", "run_ledger-value")) {
      send(
          HttpRequest.newBuilder(URI.create(stack.endpoints().registryUrl() + "/config/" + subject))
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\": \"FORWARD\"}")));
    }
    try (Connection connection =
            stack.postgres("furnistream", "postgres", "POSTGRES_SUPERUSER_PASSWORD");
        Statement statement = connection.createStatement()) {
      statement.execute("REVOKE SELECT ON daily_report.daily_state FROM report_reader");
      statement.execute("REVOKE INSERT ON daily_report.daily_state FROM sink_writer");
      statement.execute("ALTER ROLE report_reader PASSWORD 'of somebody else'");
    }
    send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/connectors/cassandra-daily-report"
                        .formatted(stack.port(8083))))
            .DELETE());
  }

  private void send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
  }

  @Test
  void settingsThatContradictTheStoreAreRefusedByEveryJob() throws Exception {
    Path settings =
        Files.writeString(
            stack.path("other.properties"),
            "kafka.partitions.daily_pu_rev=12\ncassandra.buckets=32\n");
    CommandProcess furnistream = stack.with(Map.of("FURNISTREAM_SETTINGS", settings.toString()));

    CommandProcess.Result provision = furnistream.run("provision");
    assertThat(provision.status()).isEqualTo(2);
    assertThat(provision.err())
        .contains(
            "topic daily_pu_rev has 3 partition(s) instead of 12",
            "Set kafka.partitions.daily_pu_rev=3 in " + settings,
            "have 16 buckets, and the settings say 32: set cassandra.buckets=16 in " + settings,
            "Nothing was changed.");
    for (List<String> job :
        List.of(
            List.of("generate", "--from", "2024-06-01", "--to", "2024-06-01", "--records", "10"),
            List.of("rollup", "--from", "2023-12-01", "--to", "2023-12-01"),
            List.of("verify"))) {
      CommandProcess.Result refused = furnistream.run(job.toArray(String[]::new));
      assertThat(refused.status()).as(job.toString()).isEqualTo(2);
      assertThat(refused.err()).contains("set up with 16 buckets", "cassandra.buckets=32");
    }
    stack.succeed("provision", "--check");
  }
}
