package io.furnistream.stack.supervisor;

import io.furnistream.cli.Backoff;
import io.furnistream.cli.Deadline;
import io.furnistream.stack.process.ChildEnvironment;
import io.furnistream.stack.process.Pid;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.Processes;
import io.furnistream.stack.process.ServiceProcesses;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.state.LogFiles;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one service running: starts it when what it needs is there, waits until it answers,
 * provisions it, and starts it again with a growing pause when its process ends.
 */
final class ServiceRunner implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A service that stayed ready this long has recovered: the next pause is the first one again. */
  private static final Duration RECOVERED = Duration.ofMinutes(1);

  private final Service service;
  private final StateFolder folder;
  private final List<ServiceRunner> startsAfter;
  private final List<ServiceRunner> provisionsAfter;
  private final CountDownLatch provisioned = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);

  private volatile ServiceState state = ServiceState.WAITING;
  private volatile String detail = "";
  private volatile Process process;
  private volatile Deadline recovery;
  private volatile String lastRepair = "";
  private final AtomicInteger restarts = new AtomicInteger();
  private final AtomicInteger repairs = new AtomicInteger();

  ServiceRunner(
      Service service,
      StateFolder folder,
      List<ServiceRunner> startsAfter,
      List<ServiceRunner> provisionsAfter) {
    this.service = service;
    this.folder = folder;
    this.startsAfter = startsAfter;
    this.provisionsAfter = provisionsAfter;
  }

  Service service() {
    return service;
  }

  ServiceStatus status() {
    Process current = process;
    boolean alive = current != null && current.isAlive();
    return new ServiceStatus(
        service.name(),
        state,
        alive ? current.pid() : 0,
        service.port(),
        restarts.get(),
        repairs.get(),
        0,
        detail);
  }

  /** Runs until {@link #stop} is called; no process of the service is left then. */
  @Override
  public void run() {
    Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    try {
      while (!isStopping()) {
        recovery = null;
        awaitRelease();
        try {
          runOnce();
          detail = "the process ended" + exitStatus();
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          detail = e.toString();
        }
        if (isStopping()) {
          awaitStop();
          break;
        }
        if (isHeld()) {
          end();
          continue;
        }
        kill();
        if (recovery != null && recovery.hasPassed()) {
          pauses.reset();
        }
        state = ServiceState.BACKING_OFF;
        Duration pause = pauses.next();
        LOG.warn("{}: {}; starting it again in {} s", service.name(), detail, pause.toSeconds());
        stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        restarts.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kill();
      state = ServiceState.STOPPED;
      detail = "";
      folder.pidFile(service.name()).toFile().delete();
    }
  }

  /**
   * Asks the process to end, and kills it when it has not ended in 30 seconds. Returns when it is
   * gone.
   */
  void stop() {
    stopping.countDown();
    end();
  }

  private void end() {
    Process current = process;
    if (current != null && current.isAlive()) {
      try {
        service.stop(current);
        if (!current.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          LOG.warn(
              "{} did not end within {} s; killing it", service.name(), STOP_LIMIT.toSeconds());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("{} could not be asked to end; killing it", service.name(), e);
      }
    }
    kill();
  }

  /** A service that is held has ended, and starts when nothing holds it any more. */
  private void awaitRelease() throws InterruptedException {
    while (isHeld() && !isStopping()) {
      state = ServiceState.STOPPED;
      detail = "held by a command that still runs";
      stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean isHeld() {
    try {
      return Pid.living(folder.holdFile(service.name())).isPresent();
    } catch (IOException e) {
      LOG.warn("Cannot see whether {} is held: {}", service.name(), e.getMessage());
      return false;
    }
  }

  /**
   * One run of the process: returns when it has ended or is to end, throws when it did not get
   * ready.
   */
  private void runOnce() throws Exception {
    state = ServiceState.WAITING;
    for (ServiceRunner needed : startsAfter) {
      awaitProvisioned(needed);
    }
    if (isStopping()) {
      return;
    }
    state = ServiceState.STARTING;
    Deadline answer = Deadline.in(service.startLimit());
    folder.makeTemporary(service.name());
    ProcessSpec spec = service.prepare();
    if (isStopping()) {
      return;
    }
    process = start(spec);
    awaitAnswer(answer);
    for (ServiceRunner needed : provisionsAfter) {
      awaitProvisioned(needed);
    }
    if (isToEnd()) {
      return;
    }
    service.provision();
    state = ServiceState.READY;
    detail = "";
    LOG.info("{} is ready after {} ms", service.name(), answer.elapsed().toMillis());
    recovery = Deadline.in(RECOVERED);
    provisioned.countDown();
    watch();
  }

  /**
   * Asks a ready service every few seconds, until its process ends. One that no longer answers is
   * not ready, and is started again when it stays silent for longer than a start may take. Asking
   * also repairs: the registry answers with an error once for each pooled connection that a restart
   * of PostgreSQL cut.
   */
  private void watch() throws IOException, InterruptedException {
    while (runsOn()) {
      Deadline answer = Deadline.in(service.startLimit());
      if (!hasAnswered()) {
        LOG.warn("{} no longer answers: {}", service.name(), detail);
        state = ServiceState.STARTING;
        awaitAnswer(answer);
        state = ServiceState.READY;
      }
      repair();
    }
  }

  /** Whether the process still runs, and is to run, when it is time to ask it again. */
  private boolean runsOn() throws InterruptedException {
    Deadline next = Deadline.in(WATCH_EVERY);
    while (!next.hasPassed()) {
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS) || isToEnd()) {
        return false;
      }
    }
    return true;
  }

  /** What cannot be repaired now is tried again in a few seconds; the service itself answers. */
  private void repair() throws InterruptedException {
    try {
      for (String repair : service.repair()) {
        LOG.warn("{}: {}", service.name(), repair);
        lastRepair = repair;
        repairs.incrementAndGet();
      }
      detail = lastRepair;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      detail = "could not be repaired yet: " + e.getMessage();
      LOG.warn("{} {}", service.name(), detail);
    }
  }

  private void awaitProvisioned(ServiceRunner needed) throws InterruptedException {
    while (!isStopping() && !needed.provisioned.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      detail = "waits for " + needed.service.name();
    }
  }

  private void awaitAnswer(Deadline deadline) throws IOException, InterruptedException {
    while (!isToEnd()) {
      if (!process.isAlive()) {
        throw new IOException(
            "the process ended with status %d before it answered; see %s"
                .formatted(process.exitValue(), folder.log(service.name())));
      }
      if (hasAnswered()) {
        return;
      }
      if (deadline.hasPassed()) {
        throw new IOException(
            "it did not answer within %d s; see %s"
                .formatted(service.startLimit().toSeconds(), folder.log(service.name())));
      }
      stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean hasAnswered() throws InterruptedException {
    try {
      service.answers();
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      detail = "does not answer: " + e.getMessage();
      return false;
    }
  }

  private Process start(ProcessSpec spec) throws IOException {
    LogFiles.rotate(folder.log(service.name()));
    ProcessBuilder builder =
        new ProcessBuilder(spec.command())
            .directory(spec.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log(service.name()).toFile()));
    ChildEnvironment.ofService(builder.environment(), spec.environment());
    builder.environment().putAll(ChildEnvironment.temporary(folder.temporary(service.name())));
    builder.environment().putAll(ServiceProcesses.mark(folder, service.name()));
    Process started = builder.start();
    started.getOutputStream().close();
    StateFolder.writeAtomically(
        folder.pidFile(service.name()), Pid.of(started.toHandle()).toString());
    return started;
  }

  /** Kills the process and its descendants, which may outlive it. */
  private void kill() {
    Process current = process;
    if (current != null && current.isAlive()) {
      Processes.kill(current.toHandle());
    }
    try {
      ServiceProcesses.kill(folder, service.name());
    } catch (IOException e) {
      LOG.error("Cannot look for what {} left running", service.name(), e);
    }
  }

  /** {@link #stop} has asked the process to end, which takes its time: a store writes out first. */
  private void awaitStop() throws InterruptedException {
    Process current = process;
    if (current != null) {
      current.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private String exitStatus() {
    Process current = process;
    return current == null || current.isAlive() ? "" : " with status " + current.exitValue();
  }

  private boolean isToEnd() {
    return isStopping() || isHeld();
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }
}
