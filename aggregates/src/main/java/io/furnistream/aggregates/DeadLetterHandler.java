package io.furnistream.aggregates;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Sends what cannot be read or breaks a rule to the topic {@value #TOPIC}, in the transaction that
 * steps over it: key, value and headers as they came, with the reason, topic, partition and offset
 * in headers that begin with {@code __streams.errors.}, and with the rule's name in {@value #RULE}.
 * When the registry is what failed, nothing is sent and the record is read again.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler {

  /** Where unreadable and unsound records go. */
  public static final String TOPIC = "dead_letter_aggregates";

  /** Header with the name of the rule that a record breaks; not there when it cannot be read. */
  public static final String RULE = "__streams.errors.rule";

  private final LogAndContinueExceptionHandler deadLetters = new LogAndContinueExceptionHandler();

  @Override
  public void configure(Map<String, ?> configs) {
    // Not set for all of Streams: there it would also take what a fault of ours cannot process.
    deadLetters.configure(Map.of(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, TOPIC));
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RegistryUnavailableException) {
      return Response.fail();
    }
    Response response = deadLetters.handleError(context, record, exception);
    if (exception instanceof UnsoundRecordException unsound) {
      List<ProducerRecord<byte[], byte[]>> letters = response.deadLetterQueueRecords();
      byte[] rule = unsound.rule().getBytes(StandardCharsets.UTF_8);
      letters.forEach(letter -> letter.headers().add(RULE, rule));
    }
    return response;
  }
}
