package io.furnistream.aggregates;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.cli.CannotRunException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TaskAssignmentException;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

  private final AtomicLong clock = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ThreadReplacement threads = new ThreadReplacement(stopping, clock::get, () -> {});

  @Test
  void aDeadThreadIsReplacedAfterAWait() {
    long start = System.nanoTime();
    assertThat(threads.handle(new StreamsException("Kafka is away"))).isEqualTo(REPLACE_THREAD);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(900));
    assertThat(threads.isWaiting()).isFalse();
  }

  @Test
  void eachDeathInARowDoublesTheWaitUpToABound() {
    List<Long> seconds = new ArrayList<>();
    for (int death = 0; death < 7; death++) {
      seconds.add(threads.takeWait().toSeconds());
      clock.addAndGet(TimeUnit.SECONDS.toNanos(31));
    }
    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);

    clock.addAndGet(TimeUnit.MINUTES.toNanos(5));
    assertThat(threads.takeWait()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void stoppingEndsTheWait() throws Exception {
    for (int death = 0; death < 5; death++) {
      threads.takeWait();
    }
    CompletableFuture<StreamThreadExceptionResponse> answer =
        CompletableFuture.supplyAsync(() -> threads.handle(new StreamsException("away")));
    await("the thread waits").atMost(Duration.ofSeconds(5)).until(threads::isWaiting);

    stopping.countDown();

    assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(SHUTDOWN_CLIENT);
  }

  /** Each new thread would die like the one before; the next start says what to do. */
  @Test
  void alteredTopicsEndTheProcess() {
    ThreadReplacement refused =
        new ThreadReplacement(
            stopping,
            clock::get,
            () -> {
              throw new CannotRunException("Topic daily_records has 7 partitions instead of 6");
            });

    assertThat(refused.handle(new TaskAssignmentException("no tasks"))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(refused.isWaiting()).isFalse();
  }

  @Test
  void anErrorEndsTheProcess() {
    assertThat(threads.handle(new StreamsException(new OutOfMemoryError())))
        .isEqualTo(SHUTDOWN_CLIENT);
  }
}
