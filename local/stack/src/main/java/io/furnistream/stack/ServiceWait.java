package io.furnistream.stack;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceState;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for services that a supervisor starts or ends, and says why they do not get there. */
final class ServiceWait {

  private static final Duration UP_LIMIT = Duration.ofMinutes(15);

  /** How long an up that is a moment ahead may take until its supervisor runs. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  /** After a kill a store reads what it had not written out. */
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int FAILED_STARTS = 2;
  private static final int TAIL_BYTES = 3000;

  private final StackControl control;
  private final StateFolder folder;

  ServiceWait(StackControl control, StateFolder folder) {
    this.control = control;
    this.folder = folder;
  }

  /**
   * Returns when services are ready.
   *
   * @param progress told of each service that gets ready
   * @throws CannotRunException when one fails to start twice, the supervisor ends, or one is not
   *     ready within 900 s
   */
  void untilReady(Set<String> services, Consumer<ServiceStatus> progress)
      throws IOException, InterruptedException {
    Set<String> told = new TreeSet<>();
    Deadline deadline = Deadline.in(UP_LIMIT);
    Deadline grace = Deadline.in(GRACE);
    while (!deadline.hasPassed()) {
      for (ServiceStatus status : control.status()) {
        if (status.state() == ServiceState.READY && told.add(status.name())) {
          progress.accept(status);
        }
        if (status.state() == ServiceState.BACKING_OFF && status.restarts() >= FAILED_STARTS) {
          throw notReady(status);
        }
      }
      if (told.containsAll(services)) {
        return;
      }
      if (control.supervisor().isEmpty() && grace.hasPassed()) {
        throw new CannotRunException(
            "The supervisor ended. The end of its log, %s:%n%s"
                .formatted(supervisorLog(), tail(supervisorLog())));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    throw control.status().stream()
        .filter(status -> status.state() != ServiceState.READY)
        .findFirst()
        .map(this::notReady)
        .orElseGet(
            () ->
                new CannotRunException(
                    "The supervisor did not start within %d s; see %s"
                        .formatted(UP_LIMIT.toSeconds(), supervisorLog())));
  }

  /**
   * Returns when a service has ended.
   *
   * @throws CannotRunException when it has not within 120 s
   */
  void untilStopped(String service) throws IOException, InterruptedException {
    until(service, ServiceState.STOPPED, END_LIMIT);
  }

  /**
   * Returns when a service that was started again is ready.
   *
   * @throws CannotRunException when it is not within 300 s
   */
  void untilReadyAgain(String service) throws IOException, InterruptedException {
    until(service, ServiceState.READY, READY_LIMIT);
  }

  private void until(String service, ServiceState state, Duration limit)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    Optional<ServiceStatus> status = Optional.empty();
    while (!deadline.hasPassed()) {
      status = control.status().stream().filter(each -> each.name().equals(service)).findFirst();
      if (status.filter(each -> each.state() == state).isPresent()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    throw new CannotRunException(
        "After %d s %s is not %s (%s). See furnistream logs %s and furnistream logs supervisor."
            .formatted(
                limit.toSeconds(),
                service,
                state,
                status.map(each -> each.state() + " " + each.detail()).orElse("unknown"),
                service));
  }

  private CannotRunException notReady(ServiceStatus status) {
    Path log = folder.log(status.name());
    return new CannotRunException(
        "%s does not get ready: %s%nThe end of its log, %s:%n%s"
            .formatted(status.name(), status.detail(), log, tail(log)));
  }

  private Path supervisorLog() {
    return folder.log(SupervisorMain.NAME);
  }

  private static String tail(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }
}
