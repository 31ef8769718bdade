package io.furnistream.aggregates.faults;

import io.furnistream.aggregates.reading.UnsoundRecordException;
import io.furnistream.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Dead-letters what cannot be read or breaks a rule, in the transaction that skips it, with the
 * rule's name in {@value #RULE}. When it was the registry that failed, nothing is sent and the
 * record is read again.
 */
public final class ReadingFaultHandler implements DeserializationExceptionHandler {

  /** Header with the name of the rule that a record breaks; not there when it cannot be read. */
  static final String RULE = DeadLetter.HEADERS + "rule";

  @Override
  public void configure(Map<String, ?> configs) {
    // There is nothing to set.
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RegistryUnavailableException) {
      return Response.fail();
    }
    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(context, record.key(), record.value(), exception);
    if (exception instanceof UnsoundRecordException unsound) {
      letter.headers().add(RULE, unsound.rule().getBytes(StandardCharsets.UTF_8));
    }
    return Response.resume(List.of(letter));
  }
}
