package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.python.PythonTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A stack of the profile full, started by the command that people type, and looked at from outside.
 */
final class FullStack {

  static final int OFFSET = 18_000;
  static final Duration LIMIT = Duration.ofMinutes(6);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path state;
  private final CommandProcess furnistream;
  private Map<String, Long> core;
  private CommandProcess.Result demo;
  private Map<String, String> secrets;

  private FullStack(Path folder) {
    this.folder = folder;
    this.state = folder.resolve(OddMachine.STATE_NAME);
    this.furnistream = new CommandProcess(state, OFFSET, "full");
  }

  /**
   * Starts what there is without Airflow and Superset, and has the demo add them and run; both must
   * succeed. Where they do not, nothing is left running.
   */
  static FullStack demo(String... arguments) throws Exception {
    Path folder = Files.createTempDirectory("furnistream-full-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    FullStack stack = new FullStack(folder);
    // Here, where a proxy of the machine still is one.
    PythonTools.ofAirflow();
    PythonTools.ofSuperset();
    try {
      CommandProcess.Result core = new CommandProcess(stack.state, OFFSET, "core").run("up");
      assertThat(core.status()).as(core.out() + core.err()).isZero();
      stack.core = stack.pids();
      stack.demo =
          stack.furnistream.run(
              Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new));
      assertThat(stack.demo.status()).as(stack.demo.out() + stack.demo.err()).isZero();
    } catch (Exception | AssertionError e) {
      stack.run("down");
      throw e;
    }
    stack.secrets =
        Files.readAllLines(stack.state.resolve("secrets.env")).stream()
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1)));
    return stack;
  }

  Path state() {
    return state;
  }

  /** The process of each service that ran before the demo. */
  Map<String, Long> core() {
    return core;
  }

  /** The process of each service that runs. */
  Map<String, Long> pids() throws IOException {
    Map<String, Long> pids = new TreeMap<>();
    for (JsonNode each : JSON.readTree(Files.readString(state.resolve("run/status.json")))) {
      pids.put(each.path("name").asText(), each.path("pid").asLong());
    }
    return pids;
  }

  /** What the demo printed. */
  CommandProcess.Result demo() {
    return demo;
  }

  CommandProcess.Result run(String... arguments) throws Exception {
    return furnistream.run(arguments);
  }

  String secret(String name) {
    return secrets.get(name);
  }

  /** Every password and key, by its name. */
  Map<String, String> secrets() {
    return secrets;
  }

  /** Opens a database of its PostgreSQL, as the user of a secret. */
  Connection connect(String database, String user, String secret) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(5432 + OFFSET, database),
        user,
        secret(secret));
  }

  /** Addresses that its processes listen on, as the kernel writes them: address:port. */
  Set<String> listening() throws IOException {
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
    return listening;
  }

  /** Kills components at once with no warning, and waits until their successors are ready. */
  void crash(Set<String> components) throws Exception {
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

  ProcessHandle process(String service) {
    return ProcessHandle.of(status(service).path("pid").asLong()).orElseThrow();
  }

  /** The supervisor and all its descendants. */
  List<ProcessHandle> processes() throws IOException {
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

  long pss(String component) throws IOException {
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

  /** Processes whose command line or environment names this stack. */
  List<String> mentioned() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(
              process ->
                  Stream.of("cmdline", "environ")
                      .anyMatch(file -> read(process.resolve(file)).contains(state.toString())))
          .map(process -> process.getFileName() + " " + read(process.resolve("cmdline")))
          .toList();
    }
  }

  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  /** Stops it and deletes all that it kept. */
  void end() throws Exception {
    run("down");
    PathUtils.deleteDirectory(folder);
  }
}
