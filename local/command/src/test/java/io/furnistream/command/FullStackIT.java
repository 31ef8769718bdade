package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.python.PythonTools;
import io.furnistream.stack.services.WebAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Airflow and Superset in the profile full, started once by the command that people type. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FullStackIT implements SupersetStackTests {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AIRFLOW = 8080 + FullStack.OFFSET;
  private static final long LARGEST_AIRFLOW = 1_400L * 1000 * 1000;
  private static final String API_SERVER = "airflow-api-server";
  private static final String SCHEDULER = "airflow-scheduler";
  private static final String DAG_PROCESSOR = "airflow-dag-processor";
  private static final String SUPERSET = "superset";
  private static final Set<String> COMPONENTS = Set.of(API_SERVER, SCHEDULER, DAG_PROCESSOR);

  private FullStack stack;
  private AirflowClient airflow;

  @BeforeAll
  void demoByWayOfAirflow() throws Exception {
    stack = FullStack.demo("--from", "2023-12-24", "--to", "2023-12-26", "--records", "50");
    airflow = client(stack.secret("AIRFLOW_ADMIN_PASSWORD"));
  }

  @AfterAll
  void leaveNothing() throws Exception {
    if (stack != null) {
      stack.end();
    }
  }

  @Override
  public FullStack stack() {
    return stack;
  }

  @Test
  @Order(0)
  void theDemoGeneratesAndClosesByWayOfAirflow() throws Exception {
    assertThat(stack.demo().err())
        .containsPattern("Airflow: fake_data +success +5 of 5 tasks done")
        .containsPattern("Airflow: day_close +success +5 of 5 tasks done");
    assertThat(stack.demo().out())
        .contains("Every store agrees with the ledger: 3 days, 2023-12-24 to 2023-12-26.");
  }

  @Test
  @Order(0)
  void airflowAndSupersetWereAddedToAStackThatWentOnRunning() throws Exception {
    assertThat(stack.core())
        .containsOnlyKeys("aggregates", "cassandra", "connect", "kafka", "postgres", "registry");
    assertThat(stack.pids())
        .containsAllEntriesOf(stack.core())
        .containsKeys(API_SERVER, SCHEDULER, DAG_PROCESSOR, SUPERSET);
    assertThat(stack.run("status", "--json").out()).contains("airflow-scheduler");
  }

  @Test
  @Order(1)
  void everyComponentIsHealthyAndOnlyItsUserGetsIn() throws Exception {
    JsonNode health = airflow.get("/api/v2/monitor/health");
    for (String component : List.of("metadatabase", "scheduler", "dag_processor")) {
      assertThat(health.path(component).path("status").asText()).as(component).isEqualTo("healthy");
    }
    assertThat(stack.demo().out())
        .contains("http://127.0.0.1:" + AIRFLOW, "user admin", "AIRFLOW_ADMIN_PASSWORD")
        .doesNotContain(stack.secret("AIRFLOW_ADMIN_PASSWORD"));
    assertThat(airflow.get("/api/v2/dags").path("total_entries").isInt()).isTrue();
    AirflowClient guessing = client("admin");
    assertThatThrownBy(() -> guessing.get("/api/v2/dags"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("401");
  }

  @Test
  @Order(2)
  void everySocketListensOnThisMachineAlone() throws Exception {
    Set<String> listening = stack.listening();
    String port = ":%04X".formatted(AIRFLOW);
    assertThat(listening).contains("0100007F" + port);
    assertThat(listening).contains("0100007F:%04X".formatted(8088 + FullStack.OFFSET));
    assertThat(listening)
        .as("addresses as the kernel writes them: 127.0.0.1, also as IPv6")
        .allMatch(
            address ->
                address.startsWith("0100007F:")
                    || address.startsWith("0000000000000000FFFF00000100007F:"));
  }

  @Test
  @Order(3)
  void secretsStandWhereOnlyTheirOwnerLooks() throws Exception {
    Path home = stack.state().resolve("airflow");
    assertThat(mode(stack.state().resolve("secrets.env"))).isEqualTo("rw-------");
    assertThat(mode(home)).isEqualTo("rwx------");
    assertThat(mode(home.resolve("passwords.json"))).isEqualTo("rw-------");
    assertThat(JSON.readTree(home.resolve("passwords.json").toFile()).path("admin").asText())
        .isEqualTo(stack.secret("AIRFLOW_ADMIN_PASSWORD"));

    for (ProcessHandle process : stack.processes()) {
      String command = FullStack.read(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
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
  @Order(3)
  void theMachineReachesNoProcessAndOthersWriteNothing() throws Exception {
    OddMachine.assertNothingReached(stack.processes(), stack.state());
    OddMachine.assertOnlyOwnersWrite(stack.state());
  }

  @Test
  @Order(4)
  void airflowsRoleEntersItsOwnDatabaseAlone() throws Exception {
    stack.connect("airflow", "airflow", "AIRFLOW_DATABASE_PASSWORD").close();
    for (String others : List.of("furnistream", "registry", "superset")) {
      assertThatThrownBy(() -> stack.connect(others, "airflow", "AIRFLOW_DATABASE_PASSWORD"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  @Order(5)
  void aRunIsTriggeredWatchedAndRefused() throws Exception {
    airflow.awaitDag("fake_data", FullStack.LIMIT);
    assertThatThrownBy(() -> airflow.trigger("fake_data", Map.of("records_per_day", "many")))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("records_per_day");

    AirflowClient.DagRun run =
        airflow.trigger("fake_data", Map.of("start_date", "2023-12-01", "records_per_day", 20));
    AirflowClient.DagRun ended =
        await()
            .atMost(FullStack.LIMIT)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> airflow.run("fake_data", run.id()), AirflowClient.DagRun::hasEnded);

    List<AirflowClient.TaskInstance> tasks = airflow.taskInstances("fake_data", run.id());
    assertThat(ended.hasSucceeded()).as(ended + " " + tasks).isTrue();
    assertThat(tasks).isNotEmpty().allMatch(task -> task.tries() == 1);
  }

  @Test
  @Order(6)
  void theDagsOwnTestsPassOnThisStack() throws Exception {
    pytest("tests/stack", "--ignore=tests/stack/test_stop.py");
  }

  @Test
  @Order(7)
  void airflowKeepsWithinItsMemory() throws Exception {
    long total = 0;
    for (String component : COMPONENTS) {
      long pss = stack.pss(component);
      System.out.printf("%s: %d MB PSS%n", component, pss / 1_000_000);
      total += pss;
    }
    assertThat(total).isBetween(LARGEST_AIRFLOW / 10, LARGEST_AIRFLOW);
  }

  @Test
  @Order(40)
  void aKilledComponentIsStartedAgainAndLeavesNothingBehind() throws Exception {
    assertThat(stack.process(SCHEDULER).children()).as("workers of the executor").isNotEmpty();
    stack.crash(Set.of(SCHEDULER));
    stack.crash(Set.of(API_SERVER, DAG_PROCESSOR, SUPERSET));
    everyComponentIsHealthyAndOnlyItsUserGetsIn();
  }

  @Test
  @Order(41)
  void aProfileIsKeptUntilItIsChangedOnPurpose() throws Exception {
    CommandProcess.Result core =
        new CommandProcess(stack.state(), FullStack.OFFSET, "core").run("up");

    assertThat(core.status()).isEqualTo(2);
    assertThat(core.err()).contains("--profile full", "up stops nothing", "furnistream down");
    assertThat(stack.run("up").status()).isZero();
    assertThat(stack.run("logs", SCHEDULER, "-n", "5").out()).isNotBlank();
  }

  @Test
  @Order(42)
  void downLeavesNoProcessEvenOfARunningJob() throws Exception {
    // By their numbers: what hides from its user is seen to live, too.
    List<ProcessHandle> before = stack.processes();
    assertThat(before).hasSizeGreaterThan(COMPONENTS.size());

    pytest("tests/stack/test_stop.py");

    assertThat(before).noneMatch(ProcessHandle::isAlive);
    assertThat(stack.mentioned()).isEmpty();
    assertThat(stack.run("status").status()).isEqualTo(1);
  }

  /** Runs tests of airflow/ on this stack. */
  private void pytest(String... tests) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-q", "--durations=12"));
    arguments.addAll(List.of(tests));
    arguments.addAll(
        List.of(
            "--stack",
            stack.state().toString(),
            "--stack-port-offset",
            Integer.toString(FullStack.OFFSET)));
    PythonTools.inAirflow().run("pytest", arguments.toArray(String[]::new));
  }

  private static AirflowClient client(String password) {
    return new AirflowClient(new WebAccess("http://127.0.0.1:" + AIRFLOW, "admin", password));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
