package io.furnistream.stack;

import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.stack.process.Orphans;
import io.furnistream.stack.services.Services;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceState;
import io.furnistream.stack.supervisor.ServiceStatus;
import io.furnistream.stack.supervisor.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some services of the stack, run by this very process: for tests, which start the same real parts
 * that {@code furnistream up} starts.
 */
public final class EmbeddedStack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStack.class);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Stack stack;
  private final Supervisor supervisor;

  private EmbeddedStack(Stack stack) {
    this.stack = stack;
    this.supervisor = new Supervisor(stack.state());
  }

  /**
   * Starts services and waits until they are ready.
   *
   * @param folder holds all that they keep
   * @param ports where they listen
   * @param services their names, with all that they start or are provisioned after
   * @throws IOException when one is not ready within 180 s; the message says which and why
   */
  public static EmbeddedStack start(
      Home home, StateFolder folder, Ports ports, Set<String> services)
      throws IOException, InterruptedException {
    folder.create();
    Services.install(home, services, LOG::info);
    Stack stack = Stack.create(home, folder, ports, services);
    Orphans.end(folder, Services.ALL);
    List<String> problems = Preflight.ofAll(stack).problems();
    if (!problems.isEmpty()) {
      throw new IOException(String.join(" ", problems));
    }
    EmbeddedStack embedded = new EmbeddedStack(stack);
    embedded.supervisor.start(stack.services());
    try {
      embedded.awaitReady();
    } catch (IOException | InterruptedException e) {
      embedded.close();
      throw e;
    }
    return embedded;
  }

  /** Where the services answer. */
  public Endpoints endpoints() {
    return stack.endpoints();
  }

  /** The state of each service. */
  public List<ServiceStatus> status() {
    return supervisor.status();
  }

  /** Waits until every service is ready, for 180 s at the most: after one was killed, too. */
  public void awaitReady() throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(LIMIT);
    while (!status().stream().allMatch(service -> service.state() == ServiceState.READY)) {
      if (deadline.hasPassed()) {
        throw new IOException("Not ready within %d s: %s".formatted(LIMIT.toSeconds(), status()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  /**
   * Kills one service as a crash would (SIGKILL), and returns when that was noticed; it is
   * restarted automatically.
   */
  public void kill(String service) throws InterruptedException {
    ServiceStatus running = status(service);
    ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
    Deadline deadline = Deadline.in(LIMIT);
    while (isUnnoticed(status(service), running)) {
      if (deadline.hasPassed()) {
        throw new IllegalStateException("The end of %s was not noticed".formatted(service));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private static boolean isUnnoticed(ServiceStatus now, ServiceStatus running) {
    return now.state() == ServiceState.READY && now.restarts() == running.restarts();
  }

  private ServiceStatus status(String service) {
    return status().stream()
        .filter(status -> status.name().equals(service))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("This stack runs no " + service));
  }

  /** Ends all services; what they keep stays in the folder. */
  @Override
  public void close() {
    try {
      supervisor.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
