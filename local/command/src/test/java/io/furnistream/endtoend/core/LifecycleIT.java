package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.records.Oracle;
import io.furnistream.endtoend.records.ReportTables;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OddMachine;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import io.furnistream.stack.process.Pid;
import io.furnistream.stack.services.Services;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Starting, stopping and crashing: what runs, what is left, and that the numbers agree. */
@OnCoreStack
class LifecycleIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST_RESIDENT = 3_500L * 1000 * 1000;
  private static final ConfigResource SALES =
      new ConfigResource(ConfigResource.Type.TOPIC, "daily_records");

  private final CoreStack stack;

  LifecycleIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void everyServiceIsReadyAndTheStackFitsALaptop() throws Exception {
    CommandProcess.Result status = stack.run("status", "--json");

    assertThat(status.status()).isZero();
    JsonNode services = JSON.readTree(status.out()).path("services");
    assertThat(services.findValuesAsText("name"))
        .containsExactlyInAnyOrderElementsOf(Services.CORE);
    long resident = 0;
    for (JsonNode service : services) {
      assertThat(service.path("resident_bytes").asLong()).isPositive();
      resident += service.path("resident_bytes").asLong();
    }
    assertThat(resident).isLessThan(LARGEST_RESIDENT);
    stack.assertNothingFellOver();

    CommandProcess.Result logs = stack.run("logs", "kafka", "--lines", "3");
    assertThat(logs.status()).isZero();
    assertThat(logs.out().lines()).hasSize(3);
    CommandProcess.Result unknown = stack.run("logs", "../secrets");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("cassandra, connect, kafka");
  }

  @Test
  void theMachineReachesNoProcessAndOthersWriteNothing() throws Exception {
    OddMachine.assertNothingReached(stack.processes().all(), stack.state());
    OddMachine.assertOnlyOwnersWrite(stack.state());
  }

  @Test
  void afterCrashesOfEveryPartTheNumbersStillAgree() throws Exception {
    CommandProcess.Running beforeOutage = startSales("2024-02-01", "2024-02-05");
    JsonNode connect = stack.service("connect");
    stack.succeed("outage", "postgres", "--seconds", "12");
    await()
        .atMost(RunningStack.LIMIT)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> stack.run("connectors", "status").status() == 0);
    assertThat(stack.service("connect").path("pid")).isEqualTo(connect.path("pid"));
    assertThat(repairs(stack.service("connect")))
        .as("the sink waits, none of its tasks has to be restarted")
        .isEqualTo(repairs(connect));
    assertThat(beforeOutage.await().status()).isZero();

    CommandProcess.Running beforeCrash = startSales("2024-02-06", "2024-02-10");
    stack.crash("connect", "aggregates", "cassandra");
    assertThat(beforeCrash.await().status()).isZero();
    // What has just started again is behind, and loses all that it reads from and writes to.
    stack.crash("kafka", "registry", "postgres");
    // Otherwise the broker would take itself for the leader that it was (see StaleRegistration).
    assertThat(Files.readString(stack.state().resolve("logs/kafka.log")))
        .contains("UnregisterBrokerRecord")
        .doesNotContain("DUPLICATE_BROKER_REGISTRATION", "are likely deleted already");

    stack.closeDays("2024-02-01", "2024-02-10");
    stack.verified();
    List<LocalDate> days =
        LocalDate.parse("2024-02-01").datesUntil(LocalDate.parse("2024-02-11")).toList();
    Map<LocalDate, Oracle.Day> counted = stack.oracle(days);
    try (Connection reader = stack.reader()) {
      for (LocalDate day : days) {
        assertThat(counted.get(day).records).isEqualTo(2000);
        assertThat(ReportTables.revenue(reader, day)).isEqualTo(counted.get(day).revenue);
      }
    }
  }

  /** Starts to produce days, and waits until the first of their sales are in PostgreSQL. */
  private CommandProcess.Running startSales(String from, String to) throws Exception {
    CommandProcess.Running generate =
        stack.start("generate", "--from", from, "--to", to, "--records", "2000", "--seed", "9");
    try (Connection reader = stack.reader()) {
      await("the first sales of " + from)
          .atMost(RunningStack.LIMIT)
          .until(() -> ReportTables.revenue(reader, LocalDate.parse(from)).signum() > 0);
    }
    return generate;
  }

  @Test
  void aTaskThatFailsIsRestartedUntilItsCauseIsGone() throws Exception {
    int before = repairs(stack.service("connect"));
    String day = "2024-05-02";
    try (Connection admin = stack.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("REVOKE INSERT ON daily_report.sales_by_minute FROM sink_writer");
      try {
        stack.succeed("generate", "--from", day, "--to", day, "--records", "50", "--seed", "9");
        await("a failed task is restarted")
            .atMost(RunningStack.LIMIT)
            .pollInterval(Duration.ofSeconds(2))
            .until(() -> repairs(stack.service("connect")) > before);
      } finally {
        statement.execute("GRANT INSERT ON daily_report.sales_by_minute TO sink_writer");
      }
    }
    stack.closeDays(day, day);
    stack.verified();
  }

  private static int repairs(JsonNode service) {
    return service.path("repairs").asInt();
  }

  @Test
  void upTwiceIsHarmlessAndWhatWasKilledOrStoppedStartsAgainWithAllItsData() throws Exception {
    Map<String, Long> before = stack.pids();
    stack.succeed("up");
    assertThat(stack.pids()).isEqualTo(before);

    ProcessHandle killed = stack.processes().supervisor();
    killed.destroyForcibly();
    killed.onExit().get(30, TimeUnit.SECONDS);
    compactRecords();
    stack.succeed("up");

    assertThat(stack.pids().values()).doesNotContainAnyElementsOf(before.values());
    assertThat(before.values()).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(cleanupPolicy())
        .as("compaction would remove what a refused record hides")
        .isEqualTo("delete");
    JsonNode verified = stack.verified();
    List<ProcessHandle> processes = stack.processes().all();

    stack.succeed("down");

    assertThat(processes).noneMatch(Pid::isAlive);
    assertThat(stack.processes().mentioned()).isEmpty();
    assertThat(stack.run("status").status()).isEqualTo(1);
    stack.succeed("up");

    assertThat(stack.verified()).isEqualTo(verified);
    stack.succeed("status");
  }

  @Test
  void whatIsMissingIsNamedBeforeAnythingStarts() throws Exception {
    Path third = stack.path("third");
    CommandProcess other = stack.otherStack(third);
    try (ServerSocket taken = new ServerSocket()) {
      int port = 9092 + other.portOffset();
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      CommandProcess.Result up = other.run("up");
      assertThat(up.status()).isEqualTo(2);
      assertThat(up.err()).contains(Integer.toString(port), "kafka", "--port-offset");
      assertThat(third.resolve("run/status.json")).doesNotExist();
    }
    if (System.getProperty("user.name").equals("root")) {
      Path closed = Files.createDirectory(stack.path("closed"));
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      CommandProcess.Result up = stack.otherStack(closed.resolve("state")).run("up");
      assertThat(up.status()).isEqualTo(2);
      assertThat(up.err()).contains(closed.toString(), "nobody", "--state");
    }
  }

  /** Has the records' topic as older versions left it. */
  private void compactRecords() throws Exception {
    try (Admin admin = kafka()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  SALES,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private Admin kafka() {
    return Admin.create(Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()));
  }

  private String cleanupPolicy() throws Exception {
    try (Admin admin = kafka()) {
      return admin
          .describeConfigs(List.of(SALES))
          .values()
          .get(SALES)
          .get(30, TimeUnit.SECONDS)
          .get("cleanup.policy")
          .value();
    }
  }
}
