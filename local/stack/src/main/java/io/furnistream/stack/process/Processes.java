package io.furnistream.stack.process;

import io.furnistream.cli.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes, with a limit on every wait. */
public final class Processes {

  private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

  /** A killed process is gone at once, unless the kernel holds it in a read or write. */
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(50);

  private Processes() {}

  /** The command, killed by the kernel when the process that starts it dies. */
  public static List<String> dyingWithParent(List<String> command) {
    List<String> bound = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    bound.addAll(command);
    return bound;
  }

  /**
   * Waits for a process to end without being asked; returns whether it did. One that its parent
   * never asks how it ended has ended, too.
   */
  public static boolean awaitEnd(ProcessHandle process, Duration limit) {
    Deadline deadline = Deadline.in(limit);
    CompletableFuture<ProcessHandle> exit = process.onExit();
    while (true) {
      try {
        exit.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        if (!Pid.isAlive(process)) {
          return true;
        }
        if (deadline.hasPassed()) {
          return false;
        }
      } catch (ExecutionException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /**
   * Asks processes to end (SIGTERM), all at once, and kills those with their children that have not
   * after a while.
   */
  static void end(List<ProcessHandle> processes, Duration limit) {
    List<ProcessHandle> all =
        processes.stream()
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
            .toList();
    processes.forEach(ProcessHandle::destroy);
    Deadline deadline = Deadline.in(limit);
    for (ProcessHandle process : processes) {
      awaitEnd(process, deadline.left());
    }
    kill(all);
  }

  /** Kills a process and its children (SIGKILL). */
  public static void kill(ProcessHandle process) {
    kill(Stream.concat(process.descendants(), Stream.of(process)).toList());
  }

  private static void kill(List<ProcessHandle> all) {
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      if (!awaitEnd(each, KILLED_WITHIN)) {
        LOG.error("Process {} does not end although it was killed", each.pid());
      }
    }
  }
}
