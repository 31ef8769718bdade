package io.furnistream.producing;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to Kafka and fails at the first one that Kafka does not take. What waits to be
 * sent is bounded by the producer's buffer; when it is full, {@link #send} waits. To be used by one
 * thread.
 */
public final class Publisher implements AutoCloseable {

  /** Kafka's own retries outlast the restart of a broker, and then give up. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final int BUFFER_BYTES = 32 * 1024 * 1024;
  private static final int BATCH_BYTES = 64 * 1024;

  private final String bootstrapServers;
  private final KafkaAvroSerializer keys = new KafkaAvroSerializer();
  private final KafkaAvroSerializer values = new KafkaAvroSerializer();
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();

  /** Opens a producer. */
  public Publisher(AvroClients clients) {
    this.bootstrapServers = clients.bootstrapServers();
    Map<String, Object> settings = new HashMap<>(clients.producer());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(GIVE_UP_AFTER.toMillis()));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_AFTER.toMillis());
    keys.configure(settings, true);
    values.configure(settings, false);
    try {
      this.producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /**
   * Hands one record to the producer. That Kafka has it is known only after {@link #drain}.
   *
   * @param time the record's timestamp in Kafka
   * @throws CannotRunException when this record, or one before it, cannot be written
   */
  public void send(
      Topic topic, int partition, Instant time, SpecificRecord key, SpecificRecord value) {
    send(topic, partition, time, key, value, List.of());
  }

  /**
   * Hands one record with headers to the producer.
   *
   * @param value null to take the record of this key back
   */
  public void send(
      Topic topic,
      int partition,
      Instant time,
      SpecificRecord key,
      SpecificRecord value,
      List<Header> headers) {
    byte[] keyBytes;
    byte[] valueBytes;
    throwFirstFailure();
    try {
      keyBytes = keys.serialize(topic.topicName(), key);
      valueBytes = values.serialize(topic.topicName(), value);
    } catch (KafkaException e) {
      throw failed(e);
    }
    sendBytes(topic, partition, time, keyBytes, valueBytes, headers);
  }

  /**
   * Hands one record to the producer as it is, whatever its bytes are.
   *
   * @param key may be null
   * @param value likewise
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
  public void sendBytes(
      Topic topic, int partition, Instant time, byte[] key, byte[] value, List<Header> headers) {
    throwFirstFailure();
    try {
      producer.send(
          new ProducerRecord<>(
              topic.topicName(), partition, time.toEpochMilli(), key, value, headers),
          (metadata, error) -> {
            if (error != null) {
              firstFailure.compareAndSet(null, error);
            }
          });
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /**
   * Waits until Kafka has acknowledged all that was sent.
   *
   * @throws CannotRunException when there is a record that it did not take
   */
  public void drain() {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw failed(e);
    }
    throwFirstFailure();
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
    keys.close();
    values.close();
  }

  private void throwFirstFailure() {
    Exception failure = firstFailure.get();
    if (failure != null) {
      throw failed(failure);
    }
  }

  private CannotRunException failed(Exception error) {
    Throwable root = error.getCause() == null ? error : error.getCause();
    return new CannotRunException(
        "Kafka at %s did not take a record: %s. The day is not complete. See `furnistream status`, then run the same command again: it replaces the day."
            .formatted(bootstrapServers, root.getMessage()),
        error);
  }
}
