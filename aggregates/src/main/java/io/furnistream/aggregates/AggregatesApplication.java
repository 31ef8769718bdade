package io.furnistream.aggregates;

import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ExitStatus;
import io.furnistream.schemas.SchemaRegistrar;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology until the process is stopped. Settings come from the environment, see {@link
 * AggregatesSettings}.
 */
public final class AggregatesApplication {

  private static final Logger LOG = LoggerFactory.getLogger(AggregatesApplication.class);
  private static final Duration TOPICS_WITHIN = Duration.ofMinutes(2);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final AggregatesSettings settings;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final RequiredTopics topics;
  private final ThreadReplacement threads;
  private volatile KafkaStreams streams;

  private AggregatesApplication(AggregatesSettings settings) {
    this.settings = settings;
    this.topics = new RequiredTopics(settings.clients());
    this.threads = new ThreadReplacement(stopping, System::nanoTime, topics::checkPartitions);
  }

  /** Runs; takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    int status;
    try {
      AggregatesApplication application =
          new AggregatesApplication(AggregatesSettings.fromEnvironment(System.getenv()));
      status = application.runUntilStopped();
    } catch (CannotRunException e) {
      System.err.println(e.getMessage());
      status = ExitStatus.CANNOT_RUN;
    }
    System.exit(status);
  }

  private int runUntilStopped() throws InterruptedException {
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndAwait(finished), "stop"));
    try (HealthEndpoint health = HealthEndpoint.start(settings.healthPort(), this::state)) {
      LOG.info("Health is at http://127.0.0.1:{}/health", health.port());
      return run();
    } finally {
      finished.countDown();
    }
  }

  private int run() throws InterruptedException {
    if (!topics.await(TOPICS_WITHIN, stopping)) {
      return ExitStatus.DONE;
    }
    RequiredBuckets buckets =
        new RequiredBuckets(new SchemaRegistrar(settings.clients().registry()));
    if (!buckets.await(TOPICS_WITHIN, stopping)) {
      return ExitStatus.DONE;
    }
    Rebuild rebuild =
        new Rebuild(settings.clients(), settings.stateDirectory(), AggregatesTopology.OUTPUTS);
    if (!rebuild.await(TOPICS_WITHIN, stopping)) {
      return ExitStatus.DONE;
    }
    KafkaStreams started =
        new KafkaStreams(
            AggregatesTopology.of(AggregateSet.ALL, settings.clients()),
            StreamsProperties.of(settings));
    started.setUncaughtExceptionHandler(threads);
    started.setGlobalStateRestoreListener(new RestoreLog());
    LocalState localState = new LocalState(settings.clients(), settings.stateDirectory());
    AtomicBoolean isMarked = new AtomicBoolean();
    started.setStateListener(
        (now, before) -> {
          LOG.info("{} after {}", now, before);
          // Not before: Streams creates missing changelogs when it assigns their tasks.
          if (now == KafkaStreams.State.RUNNING && isMarked.compareAndSet(false, true)) {
            localState.mark();
          }
          if (now == KafkaStreams.State.ERROR) {
            stopping.countDown();
          }
        });
    streams = started;
    started.start();
    OpenTransactions transactions = new OpenTransactions(settings.clients());
    NotRunningWatch watch = NotRunningWatch.start(this::state, transactions::report);
    try (watch) {
      stopping.await();
    }
    boolean failed = started.state() == KafkaStreams.State.ERROR;
    // Leaving the group hands the partitions over at once, to another instance or to the next run.
    boolean closed =
        started.close(
            CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn("Not closed within {}; uncommitted work will be repeated", CLOSE_WITHIN);
    }
    return failed ? ExitStatus.ANSWER_IS_NO : ExitStatus.DONE;
  }

  private String state() {
    if (threads.isWaiting()) {
      return "REPLACING_THREAD";
    }
    return streams == null ? "WAITING_FOR_TOPICS" : streams.state().name();
  }

  private void stopAndAwait(CountDownLatch finished) {
    stopping.countDown();
    try {
      if (!finished.await(2 * CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("Still closing; not waiting any longer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
