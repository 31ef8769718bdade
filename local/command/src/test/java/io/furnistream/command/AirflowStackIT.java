package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.stack.WebAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Airflow in the profile full, started by the command that people type. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AirflowStackIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OFFSET = 18_000;
  private static final int AIRFLOW = 8080 + OFFSET;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long LARGEST_AIRFLOW = 1_400L * 1000 * 1000;
  private static final String API_SERVER = "airflow-api-server";
  private static final String SCHEDULER = "airflow-scheduler";
  private static final String DAG_PROCESSOR = "airflow-dag-processor";
  private static final Set<String> COMPONENTS = Set.of(API_SERVER, SCHEDULER, DAG_PROCESSOR);

  private Path folder;
  private Path state;
  private CommandProcess furnistream;
  private CommandProcess.Result demo;
  private Map<String, String> secrets;
  private AirflowClient airflow;

  @BeforeAll
  void demoByWayOfAirflow() throws Exception {
    folder = Files.createTempDirectory("furnistream-airflow-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    state = folder.resolve("state");
    furnistream = new CommandProcess(state, OFFSET, "full");
    demo = furnistream.run("demo", "--from", "2023-12-24", "--to", "2023-12-26", "--records", "50");
    assertThat(demo.status()).as(demo.out() + demo.err()).isZero();
    secrets =
        Files.readAllLines(state.resolve("secrets.env")).stream()
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1)));
    airflow = client(secrets.get("AIRFLOW_ADMIN_PASSWORD"));
  }

  @AfterAll
  void leaveNothing() throws Exception {
    furnistream.run("down");
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }

  @Test
  @Order(0)
  void theDemoGeneratesAndClosesByWayOfAirflow() throws Exception {
    assertThat(demo.err())
        .containsPattern("Airflow: fake_data +success +5 of 5 tasks done")
        .containsPattern("Airflow: day_close +success +5 of 5 tasks done");
    assertThat(demo.out())
        .contains("Every store agrees with the ledger: 3 days, 2023-12-24 to 2023-12-26.");
  }

  @Test
  @Order(1)
  void everyComponentIsHealthyAndOnlyItsUserGetsIn() throws Exception {
    JsonNode health = airflow.get("/api/v2/monitor/health");
    for (String component : List.of("metadatabase", "scheduler", "dag_processor")) {
      assertThat(health.path(component).path("status").asText()).as(component).isEqualTo("healthy");
    }
    assertThat(demo.out())
        .contains("http://127.0.0.1:" + AIRFLOW, "user admin", "AIRFLOW_ADMIN_PASSWORD")
        .doesNotContain(secrets.get("AIRFLOW_ADMIN_PASSWORD"));
    assertThat(airflow.get("/api/v2/dags").path("total_entries").isInt()).isTrue();
    AirflowClient guessing = client("admin");
    assertThatThrownBy(() -> guessing.get("/api/v2/dags"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("401");
  }

  @Test
  @Order(2)
  void everySocketListensOnThisMachineAlone() throws Exception {
    Set<String> listening = new TreeSet<>();
    Set<String> inodes = new TreeSet<>();
    for (ProcessHandle process : processes()) {
      inodes.addAll(sockets(process.pid()));
    }
    for (String table : List.of("tcp", "tcp6")) {
      List<String> lines = Files.readAllLines(Path.of("/proc/net", table));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals("0A") && inodes.contains(fields[9])) {
          listening.add(fields[1]);
        }
      }
    }

    String port = ":%04X".formatted(AIRFLOW);
    assertThat(listening).contains("0100007F" + port);
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
    Path home = state.resolve("airflow");
    assertThat(mode(state.resolve("secrets.env"))).isEqualTo("rw-------");
    assertThat(mode(home)).isEqualTo("rwx------");
    assertThat(mode(home.resolve("passwords.json"))).isEqualTo("rw-------");
    assertThat(JSON.readTree(home.resolve("passwords.json").toFile()).path("admin").asText())
        .isEqualTo(secrets.get("AIRFLOW_ADMIN_PASSWORD"));

    for (ProcessHandle process : processes()) {
      String command = read(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      assertThat(secrets.values()).noneMatch(command::contains);
    }
    for (Path folder : List.of(state.resolve("logs"), home)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path log :
            (Iterable<Path>) files.filter(f -> f.toString().endsWith(".log"))::iterator) {
          String text = Files.readString(log);
          assertThat(secrets.values()).as(log.toString()).noneMatch(text::contains);
        }
      }
    }
  }

  @Test
  @Order(4)
  void airflowsRoleEntersItsOwnDatabaseAlone() throws Exception {
    connect("airflow");
    for (String others : List.of("furnistream", "registry")) {
      assertThatThrownBy(() -> connect(others))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  @Order(5)
  void aRunIsTriggeredWatchedAndRefused() throws Exception {
    airflow.awaitDag("fake_data", LIMIT);
    assertThatThrownBy(() -> airflow.trigger("fake_data", Map.of("records_per_day", "many")))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("records_per_day");

    AirflowClient.DagRun run =
        airflow.trigger("fake_data", Map.of("start_date", "2023-12-01", "records_per_day", 20));
    AirflowClient.DagRun ended =
        await()
            .atMost(LIMIT)
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
      long pss = pss(component);
      System.out.printf("%s: %d MB PSS%n", component, pss / 1_000_000);
      total += pss;
    }
    assertThat(total).isBetween(LARGEST_AIRFLOW / 10, LARGEST_AIRFLOW);
  }

  @Test
  @Order(8)
  void aKilledComponentIsStartedAgainAndLeavesNothingBehind() throws Exception {
    assertThat(process(SCHEDULER).children()).as("workers of the executor").isNotEmpty();
    crash(Set.of(SCHEDULER));
    crash(Set.of(API_SERVER, DAG_PROCESSOR));
    everyComponentIsHealthyAndOnlyItsUserGetsIn();
  }

  @Test
  @Order(9)
  void aProfileIsKeptUntilItIsChangedOnPurpose() throws Exception {
    CommandProcess.Result core = new CommandProcess(state, OFFSET, "core").run("up");

    assertThat(core.status()).isEqualTo(2);
    assertThat(core.err()).contains("--profile full", "furnistream down");
    assertThat(furnistream.run("up").status()).isZero();
    assertThat(furnistream.run("logs", SCHEDULER, "-n", "5").out()).isNotBlank();
  }

  @Test
  @Order(10)
  void downLeavesNoProcessEvenOfARunningJob() throws Exception {
    // By their numbers: what hides from its user is seen to live, too.
    List<ProcessHandle> before = processes();
    assertThat(before).hasSizeGreaterThan(COMPONENTS.size());

    pytest("tests/stack/test_stop.py");

    assertThat(before).noneMatch(ProcessHandle::isAlive);
    assertThat(mentioning(state)).isEmpty();
    assertThat(furnistream.run("status").status()).isEqualTo(1);
  }

  /** Runs tests of airflow/ on this stack. */
  private void pytest(String... tests) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-q"));
    arguments.addAll(List.of(tests));
    arguments.addAll(
        List.of("--stack", state.toString(), "--stack-port-offset", Integer.toString(OFFSET)));
    PythonTools.install().run("pytest", arguments.toArray(String[]::new));
  }

  private static AirflowClient client(String password) {
    return new AirflowClient(new WebAccess("http://127.0.0.1:" + AIRFLOW, "admin", password));
  }

  /** Kills components at once with no warning, and waits until their successors are ready. */
  private void crash(Set<String> components) throws Exception {
    Map<String, Integer> restarts =
        components.stream()
            .collect(Collectors.toMap(name -> name, name -> status(name).path("restarts").asInt()));
    List<ProcessHandle> killed =
        components.stream()
            .map(this::process)
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    components.forEach(name -> process(name).destroyForcibly());

    for (String name : components) {
      await(name + " is ready again")
          .atMost(LIMIT)
          .until(
              () ->
                  status(name).path("restarts").asInt() > restarts.get(name)
                      && status(name).path("state").asText().equals("READY"));
    }
    assertThat(killed).noneMatch(ProcessHandle::isAlive);
  }

  private JsonNode status(String service) {
    try {
      JsonNode services = JSON.readTree(Files.readString(state.resolve("run/status.json")));
      for (JsonNode each : services) {
        if (each.path("name").asText().equals(service)) {
          return each;
        }
      }
      throw new IllegalStateException("No service " + service + " in " + services);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessHandle process(String service) {
    return ProcessHandle.of(status(service).path("pid").asLong()).orElseThrow();
  }

  /** The supervisor and all that it has brought forth. */
  private List<ProcessHandle> processes() throws IOException {
    String pid = Files.readString(state.resolve("run/supervisor.pid")).split(" ", 2)[0];
    ProcessHandle supervisor = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    return Stream.concat(Stream.of(supervisor), supervisor.descendants()).toList();
  }

  /**
   * None of a process that has ended, or hides them from its user: a worker, which serves nobody.
   */
  private static Set<String> sockets(long pid) throws IOException {
    Set<String> inodes = new TreeSet<>();
    Path open = Path.of("/proc", Long.toString(pid), "fd");
    if (!Files.isReadable(open)) {
      return inodes;
    }
    try (Stream<Path> files = Files.list(open)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private long pss(String component) throws IOException {
    ProcessHandle main = process(component);
    long bytes = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(main), main.descendants()).toList()) {
      bytes +=
          read(Path.of("/proc", Long.toString(each.pid()), "smaps_rollup"))
              .lines()
              .filter(line -> line.startsWith("Pss:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .sum();
    }
    return bytes;
  }

  /** Processes whose command line or environment names a folder. */
  private static List<String> mentioning(Path folder) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(
              process ->
                  Stream.of("cmdline", "environ")
                      .anyMatch(file -> read(process.resolve(file)).contains(folder.toString())))
          .map(process -> process.getFileName() + " " + read(process.resolve("cmdline")))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void connect(String database) throws SQLException {
    DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(5432 + OFFSET, database),
            "airflow",
            secrets.get("AIRFLOW_DATABASE_PASSWORD"))
        .close();
  }
}
