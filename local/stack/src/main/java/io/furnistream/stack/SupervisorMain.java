package io.furnistream.stack;

import io.furnistream.stack.process.Pid;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.LockFile;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceStatus;
import io.furnistream.stack.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that {@code furnistream up} leaves behind: it holds the state folder's lock, keeps
 * the services running, and ends them when it is asked to end (SIGTERM).
 */
public final class SupervisorMain {

  static final String NAME = "supervisor";

  private static final Logger LOG = LoggerFactory.getLogger(SupervisorMain.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private SupervisorMain() {}

  /**
   * Runs until SIGTERM.
   *
   * @param arguments the state folder
   */
  public static void main(String[] arguments) throws Exception {
    StateFolder folder = new StateFolder(Path.of(arguments[0]));
    try (LockFile lock = LockFile.tryAcquire(folder.lock())) {
      if (lock == null) {
        LOG.info("Another supervisor runs this stack already; nothing to do");
        return;
      }
      run(folder);
    }
  }

  private static void run(StateFolder folder) throws IOException, InterruptedException {
    StateFolder.writeAtomically(folder.pidFile(NAME), Pid.of(ProcessHandle.current()).toString());
    Supervisor supervisor = new Supervisor(folder);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop(supervisor);
                  ended.countDown();
                },
                "shutdown"));
    do {
      startWhatIsRemembered(supervisor, folder);
    } while (!ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** An {@code up} that adds services to a running stack only records them. */
  private static void startWhatIsRemembered(Supervisor supervisor, StateFolder folder) {
    try {
      Set<String> wanted = Stack.rememberedServices(folder);
      Set<String> running =
          supervisor.status().stream().map(ServiceStatus::name).collect(Collectors.toSet());
      if (!running.containsAll(wanted)) {
        supervisor.start(Stack.open(Home.fromSystemProperty(), folder).services());
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("Cannot see what is to run in {}; looking again", folder.root(), e);
    }
  }

  private static void stop(Supervisor supervisor) {
    try {
      supervisor.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
