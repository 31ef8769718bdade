package io.furnistream.endtoend.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.Endpoints;
import io.furnistream.stack.process.Pid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A stack in a folder of its own and on free ports, started by the command that people type, on an
 * {@link OddMachine}, and looked at from outside.
 */
public abstract class RunningStack implements AutoCloseable {

  /** What a test waits for at most, whatever it waits for. */
  public static final Duration LIMIT = Duration.ofMinutes(6);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path state;
  private final int portOffset = FreePorts.offset();
  private final CommandProcess furnistream;

  /** How often a test has killed a service, by the supervisor that started it again. */
  private final Map<String, Integer> crashes = new HashMap<>();

  RunningStack(String profile) throws IOException {
    this.folder = Files.createTempDirectory("furnistream-it-");
    // PostgreSQL's user must be able to enter it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    this.state = folder.resolve(OddMachine.STATE_NAME);
    this.furnistream = commands(profile);
  }

  /** Commands on this stack that start another profile. */
  public final CommandProcess commands(String profile) {
    return new CommandProcess(state, portOffset, profile);
  }

  /** Commands on this stack with further variables in their environment. */
  public final CommandProcess with(Map<String, String> variables) {
    return furnistream.with(variables);
  }

  /** Commands on another stack of the profile core, whose folder is next to this one. */
  public final CommandProcess otherStack(Path other) {
    return new CommandProcess(other, FreePorts.offset(), "core");
  }

  /** A path in the folder that goes with this stack. */
  public final Path path(String name) {
    return folder.resolve(name);
  }

  /** Its state folder. */
  public final Path state() {
    return state;
  }

  /** Where a service of this stack listens. */
  public final int port(int standard) {
    return standard + portOffset;
  }

  /** What is added to every standard port. */
  public final int portOffset() {
    return portOffset;
  }

  /** Runs a command to its end. */
  public final CommandProcess.Result run(String command, String... arguments)
      throws IOException, InterruptedException {
    return start(command, arguments).await();
  }

  /** Runs a command, which must succeed. */
  public final CommandProcess.Result succeed(String command, String... arguments)
      throws IOException, InterruptedException {
    CommandProcess.Result result = run(command, arguments);
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** Starts a command. */
  public final CommandProcess.Running start(String command, String... arguments)
      throws IOException {
    return furnistream.start(
        Stream.concat(Stream.of(command), Arrays.stream(arguments)).toArray(String[]::new));
  }

  /** Begins a stack, which must succeed; where it does not, nothing is left running. */
  static <S extends RunningStack> S begun(S stack) throws Exception {
    try {
      stack.begin();
      return stack;
    } catch (Exception | AssertionError e) {
      stack.close();
      throw e;
    }
  }

  /** Starts it for the first time, with what it is to hold. */
  abstract void begin() throws IOException, InterruptedException;

  /** Starts it where a test has stopped it, and begins again where a test has deleted it. */
  final void ensureUp() throws IOException, InterruptedException {
    if (!Files.exists(state.resolve("secrets.env"))) {
      begin();
    } else if (!processes().areUp()) {
      succeed("up");
    }
  }

  /** Stops it, with all that it keeps, where it runs. */
  final void ensureDown() throws IOException, InterruptedException {
    if (processes().areUp()) {
      succeed("down");
    }
  }

  /** Its processes, as the kernel shows them. */
  public final StackProcesses processes() {
    return new StackProcesses(state);
  }

  // What the supervisor reports: a command, asked without a pause, would slow down a start.

  /** The state of every service. */
  public final JsonNode services() {
    try {
      return JSON.readTree(Files.readString(state.resolve("run/status.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state of a service. */
  public final JsonNode service(String name) {
    JsonNode services = services();
    for (JsonNode each : services) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("No service " + name + " in " + services);
  }

  /** The process of each service. */
  public final Map<String, Long> pids() {
    Map<String, Long> pids = new TreeMap<>();
    services().forEach(each -> pids.put(each.path("name").asText(), each.path("pid").asLong()));
    return pids;
  }

  /** The process of a service. */
  public final ProcessHandle process(String service) {
    return ProcessHandle.of(service(service).path("pid").asLong()).orElseThrow();
  }

  /** Kills services at once, as a crash would, and waits until their successors are ready. */
  public final void crash(String... names) throws IOException {
    Map<String, Integer> restarts = new HashMap<>();
    for (String name : names) {
      restarts.put(name, service(name).path("restarts").asInt());
      crashes.merge(processes().supervisor().pid() + name, 1, Integer::sum);
    }
    List<ProcessHandle> killed =
        Stream.of(names)
            .map(this::process)
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    Stream.of(names).map(this::process).forEach(ProcessHandle::destroyForcibly);

    for (String name : names) {
      await(name + " is ready again")
          .atMost(LIMIT)
          .until(
              () ->
                  service(name).path("restarts").asInt() > restarts.get(name)
                      && service(name).path("state").asText().equals("READY"));
    }
    assertThat(killed).noneMatch(Pid::isAlive);
  }

  /** Has a service stand still, with all that it has started, and then go on. */
  public final void freeze(String name, Duration duration) throws Exception {
    List<ProcessHandle> frozen = new ArrayList<>(List.of(process(name)));
    process(name).descendants().forEach(frozen::add);
    try {
      for (ProcessHandle each : frozen) {
        signal("STOP", each.pid());
      }
      await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
    } finally {
      for (ProcessHandle each : frozen) {
        signal("CONT", each.pid());
      }
    }
  }

  /** Sends a signal to a process; answers whether it was there. */
  public static boolean signal(String name, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    return kill.waitFor(10, TimeUnit.SECONDS) && kill.exitValue() == 0;
  }

  /** Every service is ready, and was started again as often as a test has killed it. */
  public final void assertNothingFellOver() throws IOException {
    ProcessHandle supervisor = processes().supervisor();
    for (JsonNode service : services()) {
      String name = service.path("name").asText();
      assertThat(service.path("state").asText()).as(name).isEqualTo("READY");
      assertThat(service.path("restarts").asInt())
          .as("restarts of " + name)
          .isEqualTo(crashes.getOrDefault(supervisor.pid() + name, 0));
    }
  }

  /** Every password and key, by its name. */
  public final Map<String, String> secrets() throws IOException {
    return Files.readAllLines(state.resolve("secrets.env")).stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  /** A password or key. */
  public final String secret(String name) throws IOException {
    return secrets().get(name);
  }

  /** Where Kafka and the registry answer. */
  public Endpoints endpoints() {
    return Endpoints.fromEnvironment(
        Map.of(
            Endpoints.BOOTSTRAP_SERVERS, "127.0.0.1:" + port(9092),
            Endpoints.REGISTRY_URL, "http://127.0.0.1:" + port(8081) + "/apis/ccompat/v7"));
  }

  /** Opens Cassandra. */
  public final CqlSession cassandra() {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(9042)))
        .withLocalDatacenter("datacenter1")
        .build();
  }

  /** Opens a database of its PostgreSQL, as the user of a secret. */
  public final Connection postgres(String database, String user, String secret)
      throws SQLException, IOException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(5432), database), user, secret(secret));
  }

  /** Opens the reporting database as a user who may read it. */
  public final Connection reader() throws SQLException, IOException {
    return postgres("furnistream", "report_reader", "REPORT_READER_PASSWORD");
  }

  /** Opens the reporting database as a user who may do anything. */
  public final Connection admin() throws SQLException, IOException {
    return postgres("furnistream", "admin", "POSTGRES_ADMIN_PASSWORD");
  }

  /** Stops it and deletes all that it kept. */
  @Override
  public final void close() throws IOException {
    try {
      run("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while the stack in " + state + " stopped");
    }
    PathUtils.deleteDirectory(folder);
  }
}
