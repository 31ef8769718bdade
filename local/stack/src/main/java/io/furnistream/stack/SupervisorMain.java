package io.furnistream.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that {@code furnistream up} leaves behind: it holds the state folder's lock, keeps
 * the services running, and ends them when it is asked to end (SIGTERM).
 */
public final class SupervisorMain {

  static final String NAME = "supervisor";

  private static final Logger LOG = LoggerFactory.getLogger(SupervisorMain.class);

  private SupervisorMain() {}

  /**
   * Runs until SIGTERM.
   *
   * @param arguments the state folder, then the names of the services
   */
  public static void main(String[] arguments) throws Exception {
    StateFolder folder = new StateFolder(Path.of(arguments[0]));
    try (SupervisorLock lock = SupervisorLock.tryAcquire(folder)) {
      if (lock == null) {
        LOG.info("Another supervisor runs this stack already; nothing to do");
        return;
      }
      run(folder, Set.of(arguments[1].split(",")));
    }
  }

  private static void run(StateFolder folder, Set<String> services)
      throws IOException, InterruptedException {
    StateFolder.writeAtomically(folder.pidFile(NAME), Pid.of(ProcessHandle.current()).toString());
    Supervisor supervisor = new Supervisor(Stack.open(Home.fromSystemProperty(), folder, services));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop(supervisor);
                  ended.countDown();
                },
                "shutdown"));
    supervisor.start();
    ended.await();
  }

  private static void stop(Supervisor supervisor) {
    try {
      supervisor.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
