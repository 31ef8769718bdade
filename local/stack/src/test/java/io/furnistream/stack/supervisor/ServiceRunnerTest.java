package io.furnistream.stack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.stack.process.Pid;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a service is kept running, with real processes. */
class ServiceRunnerTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path root;
  private StateFolder folder;
  private ServiceRunner runner;

  /** Runs a program; it is said to answer once a file exists. */
  private class Program implements Service {
    private final List<String> command;
    private final Path answersWhenExists;

    Program(Path answersWhenExists, String... command) {
      this.command = List.of(command);
      this.answersWhenExists = answersWhenExists;
    }

    @Override
    public String name() {
      return "program";
    }

    @Override
    public int port() {
      return 1;
    }

    @Override
    public Set<Integer> ports() {
      return Set.of();
    }

    @Override
    public Set<String> startsAfter() {
      return Set.of();
    }

    @Override
    public List<Path> runsFrom() {
      return List.of();
    }

    @Override
    public ProcessSpec prepare() {
      return new ProcessSpec(command, Map.of("GREETING", "hello"), root);
    }

    @Override
    public void answers() throws IOException {
      if (!Files.exists(answersWhenExists)) {
        throw new IOException("silence");
      }
    }
  }

  @BeforeEach
  void layOut() throws IOException {
    folder = new StateFolder(root);
    folder.create();
  }

  @AfterEach
  void stop() {
    runner.stop();
  }

  private void start(Service service) {
    runner = new ServiceRunner(service, folder, List.of(), List.of());
    Thread thread = new Thread(runner);
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitState(ServiceState state) {
    await().atMost(LIMIT).until(() -> runner.status().state() == state);
  }

  @Test
  void aServiceIsReadyWhenItAnswersAndNotBefore() throws IOException {
    Path answer = root.resolve("answer");
    start(new Program(answer, "sleep", "1000"));

    await().atMost(LIMIT).until(() -> runner.status().detail().contains("silence"));
    assertThat(runner.status().state()).isEqualTo(ServiceState.STARTING);
    Files.createFile(answer);
    awaitState(ServiceState.READY);
    assertThat(ProcessHandle.of(runner.status().pid())).isPresent();
  }

  @Test
  void aServiceThatFallsSilentIsNotReadyUntilItAnswersAgain() throws IOException {
    Path answer = Files.createFile(root.resolve("answer"));
    start(new Program(answer, "sleep", "1000"));
    awaitState(ServiceState.READY);
    long pid = runner.status().pid();

    Files.delete(answer);
    awaitState(ServiceState.STARTING);
    Files.createFile(answer);
    awaitState(ServiceState.READY);

    assertThat(runner.status().pid()).isEqualTo(pid);
    assertThat(runner.status().restarts()).isZero();
  }

  @Test
  void aServiceThatIsKilledIsStartedAgain() {
    start(new Program(root, "sleep", "1000"));
    awaitState(ServiceState.READY);
    long killed = runner.status().pid();

    ProcessHandle.of(killed).orElseThrow().destroyForcibly();

    await()
        .atMost(LIMIT)
        .until(
            () -> runner.status().state() == ServiceState.READY && runner.status().restarts() == 1);
    assertThat(runner.status().pid()).isNotEqualTo(killed).isNotZero();
  }

  @Test
  void aServiceThatDoesNotStartSaysWhyAndWhereItsLogIs() {
    start(new Program(root.resolve("never"), "sh", "-c", "echo \"$GREETING: no licence\"; exit 3"));

    await()
        .atMost(LIMIT)
        .until(
            () ->
                runner.status().restarts() >= 1
                    && runner.status().detail().contains("status 3")
                    && runner.status().detail().contains("program.log"));
    assertThat(folder.log("program")).content().contains("hello: no licence");
  }

  @Test
  void stoppingDuringAStartLeavesNoProcess() throws Exception {
    start(new Program(root.resolve("never"), "sleep", "1000"));
    await().atMost(LIMIT).until(() -> runner.status().pid() != 0);
    long pid = runner.status().pid();

    runner.stop();

    awaitState(ServiceState.STOPPED);
    assertThat(ProcessHandle.of(pid).filter(Pid::isAlive)).isEmpty();
    assertThat(folder.pidFile("program")).doesNotExist();
  }

  @Test
  void aServiceThatIsHeldEndsAndStartsWhenItsHolderIsGone() throws Exception {
    start(new Program(root, "sleep", "1000"));
    awaitState(ServiceState.READY);
    long pid = runner.status().pid();
    Process holder = new ProcessBuilder("sleep", "1000").start();
    try {
      Files.writeString(folder.holdFile("program"), Pid.of(holder.toHandle()).toString());

      awaitState(ServiceState.STOPPED);
      assertThat(ProcessHandle.of(pid).filter(Pid::isAlive)).isEmpty();
      assertThat(runner.status().detail()).contains("held");
    } finally {
      holder.destroyForcibly();
    }
    awaitState(ServiceState.READY);
    assertThat(runner.status().restarts()).as("it was asked to end").isZero();
  }

  @Test
  void whatIsRepairedInsideAServiceIsCountedAndNamed() {
    Iterator<List<String>> deeds =
        List.of(List.of("swept", "dusted"), List.<String>of()).iterator();
    start(
        new Program(root, "sleep", "1000") {
          @Override
          public List<String> repair() {
            return deeds.hasNext() ? deeds.next() : List.of();
          }
        });

    await().atMost(LIMIT).until(() -> !deeds.hasNext());
    assertThat(runner.status().repairs()).isEqualTo(2);
    await().atMost(LIMIT).until(() -> runner.status().detail().equals("dusted"));
    assertThat(runner.status().restarts()).isZero();
  }

  @Test
  void aServiceMayTakeItsTimeToStop() {
    String slow = "trap 'sleep 7; touch written; exit 0' TERM; while :; do sleep 0.1; done";
    start(new Program(root, "sh", "-c", slow));
    awaitState(ServiceState.READY);

    runner.stop();

    assertThat(root.resolve("written")).exists();
  }

  @Test
  void stoppingEndsTheProcessForGood() {
    start(new Program(root, "sleep", "1000"));
    awaitState(ServiceState.READY);
    long pid = runner.status().pid();

    runner.stop();

    assertThat(ProcessHandle.of(pid).filter(Pid::isAlive)).isEmpty();
    awaitState(ServiceState.STOPPED);
    assertThat(runner.status().pid()).isZero();
  }
}
