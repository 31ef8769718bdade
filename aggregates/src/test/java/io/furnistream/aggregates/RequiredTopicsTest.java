package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.AvroClients;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

/** When Kafka's host name does not resolve, so that Kafka's clients cannot even be created. */
class RequiredTopicsTest {

  private final RequiredTopics topics =
      new RequiredTopics(new AvroClients("kafka.invalid:9092", "http://registry.invalid"));

  @Test
  void theStartWaitsForTheNameAndSaysWhatIsMissing() {
    assertThatThrownBy(() -> topics.await(Duration.ofSeconds(1), new CountDownLatch(1)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("no answer (")
        .hasMessageContaining("kafka.invalid:9092");
  }

  @Test
  void aDeadThreadIsReplaced() {
    ThreadReplacement threads =
        new ThreadReplacement(new CountDownLatch(1), System::nanoTime, topics::checkPartitions);

    assertThat(threads.handle(new StreamsException("Kafka is away")))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
  }
}
