package io.furnistream.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services that still run although their supervisor was killed. Two brokers on one folder would
 * ruin it, so they are ended before anything is started.
 */
final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Orphans() {}

  /** Ends what runs of a stack's services: asks first, and kills what has not ended after 15 s. */
  static void end(Stack stack) throws IOException, InterruptedException {
    for (Service service : stack.services()) {
      ProcessHandle orphan = Pid.living(stack.state().pidFile(service.name())).orElse(null);
      if (orphan != null) {
        LOG.warn(
            "{} still runs as process {} without a supervisor; ending it",
            service.name(),
            orphan.pid());
        end(orphan);
      }
    }
  }

  private static void end(ProcessHandle orphan) throws InterruptedException {
    List<ProcessHandle> children = orphan.descendants().toList();
    orphan.destroy();
    try {
      orphan.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      orphan.destroyForcibly();
      orphan.onExit().join();
    }
    // What PostgreSQL's main process leaves behind keeps its data folder locked.
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().join();
    }
  }
}
