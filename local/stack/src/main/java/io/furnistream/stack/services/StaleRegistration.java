package io.furnistream.stack.services;

import io.furnistream.cli.Deadline;
import io.furnistream.stack.process.ChildEnvironment;
import io.furnistream.stack.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;

/**
 * The registration that the only broker of a cluster has left behind in a crash.
 *
 * <p>Its controller believes in it until {@code broker.session.timeout.ms} is over. A broker that
 * starts meanwhile takes itself for the leader that it was, loads the transactions that were being
 * committed, and is fenced before it can write their markers: Kafka 4.4 then takes partitions
 * without a leader for deleted ones ("these partitions are likely deleted already"), and leaves the
 * transaction open in them for good. Without the registration it loads them when it leads again.
 */
final class StaleRegistration {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int REQUEST_MS = 5_000;

  private final ProcessSpec controller;
  private final String address;
  private final int broker;

  /**
   * A registration.
   *
   * @param controller starts the controller alone
   * @param address where that answers, as host:port
   * @param broker the broker's id
   */
  StaleRegistration(ProcessSpec controller, String address, int broker) {
    this.controller = controller;
    this.address = address;
    this.broker = broker;
  }

  /**
   * Removes it, for which the controller runs for some seconds.
   *
   * @param log takes what that prints
   * @throws IOException when the controller does not run, or does not remove it within a minute
   */
  void remove(Path log) throws IOException, InterruptedException {
    Process process = start(log);
    try (Admin admin = admin()) {
      Deadline deadline = Deadline.in(LIMIT);
      while (!isRemoved(admin)) {
        if (deadline.hasPassed() || process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("the controller has not removed it; see " + log);
        }
      }
    } finally {
      process.destroy();
      if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(controller.command())
            .directory(controller.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    ChildEnvironment.ofService(builder.environment(), controller.environment());
    Process started = builder.start();
    started.getOutputStream().close();
    return started;
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG,
            address,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) LIMIT.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_MS));
  }

  private boolean isRemoved(Admin admin) throws InterruptedException {
    try {
      admin.unregisterBroker(broker).all().get(REQUEST_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      // An earlier request may have been carried out, and its answer lost.
      return e.getCause() instanceof BrokerIdNotRegisteredException;
    }
  }
}
