package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ending what a supervisor that was killed left, with real processes. */
class OrphansTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Asked to end, it waits until the process $2 has, and leaves the file $1. */
  private static final String WAITS_FOR_CLIENT =
      "trap 'while kill -0 $2; do sleep 0.05; done; echo > \"$1\"; exit' TERM;"
          + " echo > \"$0\"; while :; do sleep 0.05; done";

  /** So does its child. */
  private static final String IGNORES_THE_REQUEST =
      "trap '' TERM; sleep 1000 & echo $! > \"$0\"; wait";

  @TempDir private Path root;

  private final List<Process> started = new ArrayList<>();
  private StateFolder folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = new StateFolder(root);
    folder.create();
  }

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(process -> Processes.kill(process.toHandle()));
  }

  @Test
  void allAreAskedAtOnceSoThatOneMayWaitForAnother() throws Exception {
    Path ended = root.resolve("ended");
    Process client = service("client", "sleep", "1000");
    Process database =
        shell("database", WAITS_FOR_CLIENT, ended.toString(), Long.toString(client.pid()));

    Orphans.end(folder, new LinkedHashSet<>(List.of("database", "client")), LIMIT);

    assertThat(ended).as("left by a database that was not killed").exists();
    assertThat(database.isAlive()).isFalse();
    assertThat(client.isAlive()).isFalse();
  }

  @Test
  void oneThatIgnoresTheRequestIsKilledWithItsChildren() throws Exception {
    Process deaf = shell("deaf", IGNORES_THE_REQUEST);
    ProcessHandle child = deaf.descendants().findAny().orElseThrow();

    Orphans.end(folder, Set.of("deaf"), SHORT);

    assertThat(deaf.isAlive()).isFalse();
    assertThat(Pid.isAlive(child)).isFalse();
  }

  @Test
  void whatAServiceThatHasEndedLeftIsKilled() throws Exception {
    Process left = start(ServiceProcesses.mark(folder, "gone"), "sleep", "1000");
    Process anothers = start(ServiceProcesses.mark(folder, "another"), "sleep", "1000");

    Orphans.end(folder, Set.of("gone"), SHORT);

    assertThat(left.isAlive()).isFalse();
    assertThat(anothers.isAlive()).isTrue();
  }

  /** A service that runs a script, which writes the file $0 when it is ready. */
  private Process shell(String name, String script, String... arguments) throws IOException {
    Path ready = root.resolve(name + ".ready");
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, ready.toString()));
    command.addAll(List.of(arguments));
    Process process = service(name, command.toArray(String[]::new));
    await().atMost(LIMIT).until(() -> Files.exists(ready) && Files.size(ready) > 0);
    return process;
  }

  /** A service whose pid file names it. */
  private Process service(String name, String... command) throws IOException {
    Process process = start(Map.of(), command);
    StateFolder.writeAtomically(folder.pidFile(name), Pid.of(process.toHandle()).toString());
    return process;
  }

  private Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }
}
