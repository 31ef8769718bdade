package io.furnistream.stack.process;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services that still run although their supervisor was killed. Two brokers on one folder would
 * ruin it, so they are ended before anything is started.
 */
public final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Orphans() {}

  /**
   * Ends what runs of a folder's services: asks first, and kills what has not ended after 15 s.
   *
   * @param services names of all that may run, whatever the stack's profile was
   */
  public static void end(StateFolder folder, Set<String> services) throws IOException {
    end(folder, services, LIMIT);
  }

  static void end(StateFolder folder, Set<String> services, Duration limit) throws IOException {
    List<ProcessHandle> orphans = new ArrayList<>();
    for (String service : services) {
      Pid.living(folder.pidFile(service))
          .ifPresent(
              orphan -> {
                LOG.warn(
                    "{} still runs as process {} without a supervisor; ending it",
                    service,
                    orphan.pid());
                orphans.add(orphan);
              });
    }
    // At once: PostgreSQL waits for its clients.
    Processes.end(orphans, limit);
    for (String service : services) {
      // What PostgreSQL's main process leaves behind would keep its data folder locked.
      ServiceProcesses.kill(folder, service);
    }
  }
}
