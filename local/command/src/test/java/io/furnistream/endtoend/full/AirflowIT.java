package io.furnistream.endtoend.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.command.AirflowClient;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.FullStack;
import io.furnistream.endtoend.stack.OddMachine;
import io.furnistream.endtoend.stack.OnFullStack;
import io.furnistream.endtoend.stack.StackProcesses;
import io.furnistream.python.PythonTools;
import io.furnistream.stack.services.Services;
import io.furnistream.stack.services.WebAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Airflow in the profile full: what runs, who gets in, and what its DAGs do. */
@OnFullStack
class AirflowIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST_AIRFLOW = 1_400L * 1000 * 1000;
  private static final String API_SERVER = "airflow-api-server";
  private static final String SCHEDULER = "airflow-scheduler";
  private static final String DAG_PROCESSOR = "airflow-dag-processor";
  private static final Set<String> COMPONENTS = Set.of(API_SERVER, SCHEDULER, DAG_PROCESSOR);

  private final FullStack stack;
  private final AirflowClient airflow;

  AirflowIT(FullStack stack) throws IOException {
    this.stack = stack;
    this.airflow = client(stack.secret("AIRFLOW_ADMIN_PASSWORD"));
  }

  @Test
  void theDemoGeneratesAndClosesByWayOfAirflow() throws Exception {
    assertThat(stack.demo().err())
        .containsPattern("Airflow: fake_data +success +6 of 6 tasks done")
        .containsPattern("Airflow: day_close +success +5 of 5 tasks done");
    assertThat(stack.demo().out())
        .contains("Every store agrees with the ledger: 3 days, 2023-12-24 to 2023-12-26.");
  }

  @Test
  void aStackWithoutRecordsHasNothingToProve() throws Exception {
    JsonNode empty = JSON.readTree(stack.verifyBefore().out());
    assertThat(empty.path("stores").path("kafka").path("records").asLong()).isZero();
    assertThat(empty.path("ok").asBoolean()).isFalse();
  }

  @Test
  void airflowAndSupersetWereAddedToAStackThatWentOnRunning() throws Exception {
    assertThat(stack.pidsBefore()).containsOnlyKeys(Services.CORE.toArray(String[]::new));
    assertThat(stack.pidsAfter())
        .containsAllEntriesOf(stack.pidsBefore())
        .containsKeys(API_SERVER, SCHEDULER, DAG_PROCESSOR, "superset");
    assertThat(stack.run("status", "--json").out()).contains("airflow-scheduler");
  }

  @Test
  void everyComponentIsHealthyAndOnlyItsUserGetsIn() throws Exception {
    JsonNode health = airflow.get("/api/v2/monitor/health");
    for (String component : List.of("metadatabase", "scheduler", "dag_processor")) {
      assertThat(health.path(component).path("status").asText()).as(component).isEqualTo("healthy");
    }
    assertThat(stack.demo().out())
        .contains(url(), "user admin", "AIRFLOW_ADMIN_PASSWORD")
        .doesNotContain(stack.secret("AIRFLOW_ADMIN_PASSWORD"));
    assertThat(airflow.get("/api/v2/dags").path("total_entries").isInt()).isTrue();
    AirflowClient guessing = client("admin");
    assertThatThrownBy(() -> guessing.get("/api/v2/dags"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("401");
  }

  @Test
  void everySocketListensOnlyOnThisMachine() throws Exception {
    Set<String> listening = stack.processes().listening();
    String port = ":%04X".formatted(stack.port(8080));
    assertThat(listening).contains("0100007F" + port);
    assertThat(listening).contains("0100007F:%04X".formatted(stack.port(8088)));
    assertThat(listening)
        .as("addresses as the kernel writes them: 127.0.0.1, also as IPv6")
        .allMatch(
            address ->
                address.startsWith("0100007F:")
                    || address.startsWith("0000000000000000FFFF00000100007F:"));
  }

  @Test
  void onlyTheirOwnerCanReadSecrets() throws Exception {
    Path home = stack.state().resolve("airflow");
    assertThat(mode(stack.state().resolve("secrets.env"))).isEqualTo("rw-------");
    assertThat(mode(home)).isEqualTo("rwx------");
    assertThat(mode(home.resolve("passwords.json"))).isEqualTo("rw-------");
    assertThat(JSON.readTree(home.resolve("passwords.json").toFile()).path("admin").asText())
        .isEqualTo(stack.secret("AIRFLOW_ADMIN_PASSWORD"));

    for (ProcessHandle process : stack.processes().all()) {
      String command = StackProcesses.read(process, "cmdline");
      assertThat(stack.secrets().values()).noneMatch(command::contains);
    }
    for (Path folder : List.of(stack.state().resolve("logs"), home)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path log :
            (Iterable<Path>) files.filter(f -> f.toString().endsWith(".log"))::iterator) {
          String text = Files.readString(log);
          assertThat(stack.secrets().values()).as(log.toString()).noneMatch(text::contains);
        }
      }
    }
  }

  @Test
  void theMachineReachesNoProcessAndOthersWriteNothing() throws Exception {
    OddMachine.assertNothingReached(stack.processes().all(), stack.state());
    OddMachine.assertOnlyOwnersWrite(stack.state());
  }

  @Test
  void airflowsRoleEntersOnlyItsOwnDatabase() throws Exception {
    stack.postgres("airflow", "airflow", "AIRFLOW_DATABASE_PASSWORD").close();
    for (String others : List.of("furnistream", "registry", "superset")) {
      assertThatThrownBy(() -> stack.postgres(others, "airflow", "AIRFLOW_DATABASE_PASSWORD"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void theDemosRunWasWatchedAndAWrongOneIsRefused() throws Exception {
    assertThatThrownBy(() -> airflow.trigger("fake_data", Map.of("records_per_day", "many")))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("records_per_day");

    String first =
        airflow
            .get("/api/v2/dags/fake_data/dagRuns?order_by=id&limit=1")
            .path("dag_runs")
            .path(0)
            .path("dag_run_id")
            .asText();
    AirflowClient.DagRun run = airflow.run("fake_data", first);
    List<AirflowClient.TaskInstance> tasks = airflow.taskInstances("fake_data", first);
    assertThat(run.hasSucceeded()).as(run + " " + tasks).isTrue();
    assertThat(tasks).hasSize(6).allMatch(task -> task.tries() == 1);
    assertThat(tasks)
        .filteredOn(task -> task.task().equals("day"))
        .as("what a day of the range would run again")
        .hasSize(3)
        .allMatch(task -> task.state().equals("skipped"));
  }

  @Test
  void theDagsOwnTestsPassOnThisStack() throws Exception {
    stack.pytest(PythonTools.inAirflow(), "tests/stack");
  }

  @Test
  void airflowKeepsWithinItsMemory() throws Exception {
    long total = 0;
    for (String component : COMPONENTS) {
      long pss = StackProcesses.proportionalSetSize(stack.process(component));
      System.out.printf("%s: %d MB PSS%n", component, pss / 1_000_000);
      total += pss;
    }
    assertThat(total).isBetween(LARGEST_AIRFLOW / 10, LARGEST_AIRFLOW);
  }

  @Test
  void aKilledComponentIsStartedAgainAndLeavesNothingBehind() throws Exception {
    assertThat(stack.process(SCHEDULER).children()).as("workers of the executor").isNotEmpty();
    stack.crash(SCHEDULER);
    stack.crash(API_SERVER, DAG_PROCESSOR, "superset");
    everyComponentIsHealthyAndOnlyItsUserGetsIn();
  }

  @Test
  void aProfileIsKeptUntilItIsChangedOnPurpose() throws Exception {
    CommandProcess.Result core = stack.commands("core").run("up");

    assertThat(core.status()).isEqualTo(2);
    assertThat(core.err()).contains("--profile full", "up stops nothing", "furnistream down");
    assertThat(stack.run("up").status()).isZero();
    assertThat(stack.run("logs", SCHEDULER, "-n", "5").out()).isNotBlank();
  }

  private String url() {
    return "http://127.0.0.1:" + stack.port(8080);
  }

  private AirflowClient client(String password) {
    return new AirflowClient(new WebAccess(url(), "admin", password));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
