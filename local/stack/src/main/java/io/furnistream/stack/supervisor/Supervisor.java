package io.furnistream.stack.supervisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.state.LogFiles;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all services of a stack, and writes the state of each to a file. */
public final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration THREAD_LIMIT = Duration.ofSeconds(90);
  private static final Duration REPORT_EVERY = Duration.ofMillis(500);

  private final StateFolder folder;
  private final List<ServiceRunner> runners = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stopping;

  /** Of a stack that keeps its things in a folder; nothing runs yet. */
  public Supervisor(StateFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts those services that do not run yet, each as soon as what it needs is there. Returns at
   * once; does nothing when all are being stopped.
   *
   * @param services each after those it starts after
   */
  public synchronized void start(List<Service> services) {
    if (stopping) {
      return;
    }
    Map<String, ServiceRunner> byName = new HashMap<>();
    runners.forEach(runner -> byName.put(runner.service().name(), runner));
    List<ServiceRunner> added = new ArrayList<>();
    for (Service service : services) {
      if (!byName.containsKey(service.name())) {
        ServiceRunner runner =
            new ServiceRunner(
                service,
                folder,
                service.startsAfter().stream().map(byName::get).toList(),
                service.provisionsAfter().stream().map(byName::get).toList());
        byName.put(service.name(), runner);
        added.add(runner);
      }
    }
    boolean first = runners.isEmpty();
    runners.addAll(added);
    if (first) {
      report();
    }
    for (ServiceRunner runner : added) {
      threads.add(startThread(runner.service().name(), runner));
    }
    if (first) {
      startThread("report", this::keepReporting);
    }
  }

  /** The state of each service, in the order in which they start. */
  public List<ServiceStatus> status() {
    return runners.stream().map(ServiceRunner::status).toList();
  }

  /** Ends every service, each before those it was started after. Returns when all are gone. */
  public void stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
    }
    List<ServiceRunner> left = new ArrayList<>(runners);
    while (!left.isEmpty()) {
      List<ServiceRunner> needless =
          left.stream().filter(Predicate.not(runner -> isNeededBy(runner, left))).toList();
      List<Thread> stops = new ArrayList<>();
      for (ServiceRunner runner : needless) {
        stops.add(startThread("stop-" + runner.service().name(), runner::stop));
      }
      for (Thread stop : stops) {
        stop.join();
      }
      left.removeAll(needless);
    }
    for (Thread thread : threads) {
      // Longer than any preparation of a service that was just to be started.
      thread.join(THREAD_LIMIT.toMillis());
    }
    stopped.countDown();
    report();
  }

  private static boolean isNeededBy(ServiceRunner runner, List<ServiceRunner> others) {
    String name = runner.service().name();
    return others.stream()
        .map(ServiceRunner::service)
        .anyMatch(
            other -> other.startsAfter().contains(name) || other.provisionsAfter().contains(name));
  }

  private void keepReporting() {
    try {
      while (!stopped.await(REPORT_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          report();
          for (ServiceRunner runner : runners) {
            LogFiles.rotate(folder.log(runner.service().name()));
          }
        } catch (IOException | UncheckedIOException e) {
          // A disk that is full now may have room again.
          LOG.error("The supervisor cannot write to {}", folder.root(), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report() {
    try {
      StateFolder.writeAtomically(folder.status(), JSON.writeValueAsString(status()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A status is always JSON", e);
    }
  }

  private static Thread startThread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
