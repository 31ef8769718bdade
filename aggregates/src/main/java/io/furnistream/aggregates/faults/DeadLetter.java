package io.furnistream.aggregates.faults;

import io.furnistream.aggregates.reading.PassedOn;
import io.furnistream.schemas.DeadLetterTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What goes to the topic {@link DeadLetterTopics#AGGREGATES}: key, value and headers as they were
 * received, with the reason, topic, partition and offset in headers that begin with {@value
 * #HEADERS}, as Streams' own handlers name them. A broker accepts every letter: what would make one
 * too large is left out, and {@value #LEFT_OUT} says so.
 */
public final class DeadLetter {

  /** How the names of the headers begin. */
  static final String HEADERS = "__streams.errors.";

  /** Header that says what of the record the letter lacks. */
  static final String LEFT_OUT = HEADERS + "left_out";

  // A producer sends, and a broker takes, a megabyte, what surrounds the record included.
  private static final int LARGEST = 1_000_000;
  private static final int LARGEST_REASON = 16 << 10;
  private static final int AROUND_HEADER = 10;

  private DeadLetter() {}

  /** The letter of a record of a source topic. */
  static ProducerRecord<byte[], byte[]> of(
      ErrorHandlerContext record, byte[] key, byte[] value, Exception reason) {
    Headers reasons = new RecordHeaders();
    addReason(reasons, record.topic(), record.partition(), record.offset(), reason);
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      // A forwarded letter of another application must not report its own faults here.
      if (!header.key().startsWith(HEADERS) && !(header instanceof PassedOn)) {
        headers.add(header);
      }
    }
    // A client may send any timestamp; one before 1970 cannot be sent again.
    Long time = record.timestamp() < 0 ? null : record.timestamp();
    int size = length(key) + length(value) + length(headers) + length(reasons);
    if (size > LARGEST) {
      reasons.add(
          LEFT_OUT,
          bytes("key, value and headers: the letter would have %d bytes".formatted(size)));
      return new ProducerRecord<>(DeadLetterTopics.AGGREGATES, null, time, null, null, reasons);
    }
    reasons.forEach(headers::add);
    return new ProducerRecord<>(DeadLetterTopics.AGGREGATES, null, time, key, value, headers);
  }

  /**
   * The headers of a letter that holds a part of a record.
   *
   * @param record null when it is not known
   */
  public static Headers headers(RecordMetadata record, Exception reason) {
    Headers headers = new RecordHeaders();
    if (record == null) {
      addReason(headers, null, -1, -1, reason);
    } else {
      addReason(headers, record.topic(), record.partition(), record.offset(), reason);
    }
    return headers;
  }

  private static void addReason(
      Headers headers, String topic, int partition, long offset, Exception reason) {
    StringWriter stackTrace = new StringWriter();
    reason.printStackTrace(new PrintWriter(stackTrace));
    headers
        .add(HEADERS + "exception", bytes(reason.getClass().getName()))
        .add(HEADERS + "message", bytes(reason.getMessage()))
        .add(HEADERS + "stacktrace", bytes(stackTrace.toString()))
        .add(HEADERS + "topic", bytes(topic))
        .add(HEADERS + "partition", bytes(Integer.toString(partition)))
        .add(HEADERS + "offset", bytes(Long.toString(offset)));
  }

  private static byte[] bytes(String text) {
    if (text == null) {
      return null;
    }
    String shown = text.length() <= LARGEST_REASON ? text : text.substring(0, LARGEST_REASON) + "…";
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static int length(Headers headers) {
    int length = 0;
    for (Header header : headers) {
      length += 3 * header.key().length() + length(header.value()) + AROUND_HEADER;
    }
    return length;
  }
}
