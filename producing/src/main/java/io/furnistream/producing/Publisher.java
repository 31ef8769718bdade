package io.furnistream.producing;

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
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/**
 * Writes records to Kafka and fails at the first one that Kafka does not take. What waits to be
 * sent is bounded by the producer's buffer; when it is full, {@link #send} waits. To be used by one
 * thread, but for {@link #encoder}.
 */
public final class Publisher implements AutoCloseable {

  /** For a run of days. Kafka's own retries outlast the restart of a broker, and then give up. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

  private static final Duration METADATA_KEPT = Duration.ofDays(2);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final int BUFFER_BYTES = 32 * 1024 * 1024;
  private static final int BATCH_BYTES = 64 * 1024;

  private final Duration giveUpAfter;
  private final SchemaIds ids;
  private final Refusal refusal;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordEncoder encoder;
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();

  /**
   * Opens a producer.
   *
   * @param ids of the topics that are written, as {@link Readiness} gives them
   */
  public Publisher(AvroClients clients, SchemaIds ids) {
    this(clients, ids, GIVE_UP_AFTER);
  }

  /**
   * Opens a producer.
   *
   * @param giveUpAfter how long a record may take until Kafka has it; 1 min to 1 day
   */
  public Publisher(AvroClients clients, SchemaIds ids, Duration giveUpAfter) {
    this.giveUpAfter = giveUpAfter;
    this.ids = ids;
    this.refusal = new Refusal(clients.bootstrapServers());
    this.encoder = encoder();
    try {
      this.producer = new KafkaProducer<>(settings(clients, giveUpAfter));
    } catch (KafkaException e) {
      throw refusal.of(e);
    }
  }

  /** Settings of the producer of a run of days. */
  public static Map<String, Object> settings(AvroClients clients) {
    return settings(clients, GIVE_UP_AFTER);
  }

  private static Map<String, Object> settings(AvroClients clients, Duration giveUpAfter) {
    Map<String, Object> settings = new HashMap<>(clients.byteProducer());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(giveUpAfter.toMillis()));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, giveUpAfter.toMillis());
    // A topic that is forgotten after a quiet night would have to be asked for, and block the next
    // record while the broker is away.
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_KEPT.toMillis());
    return settings;
  }

  /** An encoder for a thread of its own; any thread may ask for one. */
  public RecordEncoder encoder() {
    return new RecordEncoder(ids, refusal);
  }

  /**
   * Hands one record to the producer. That Kafka has it is known only after {@link #drain}, or
   * {@link #await} with what this returns.
   *
   * @param time the record's timestamp in Kafka
   * @throws CannotRunException when this record, or one before it, cannot be written
   */
  public Delivery send(
      Topic topic, int partition, Instant time, SpecificRecord key, SpecificRecord value) {
    return send(topic, partition, time, key, value, List.of());
  }

  /**
   * Hands one record with headers to the producer.
   *
   * @param value null to take the record of this key back
   */
  public Delivery send(
      Topic topic,
      int partition,
      Instant time,
      SpecificRecord key,
      SpecificRecord value,
      List<Header> headers) {
    Delivery delivery = delivery();
    send(List.of(encoder.encode(topic, partition, time, key, value, headers)), delivery);
    return delivery;
  }

  /** Counts nothing yet; for {@link #send(List, Delivery)}. */
  public Delivery delivery() {
    return new Delivery(firstFailure);
  }

  /**
   * Hands records to the producer that an {@link #encoder} has made.
   *
   * @param delivery counts them until Kafka has acknowledged them
   * @throws CannotRunException when one of these records, or one before them, cannot be written
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the delivery sees every failure
  public void send(List<ProducerRecord<byte[], byte[]>> records, Delivery delivery) {
    delivery.sending(records.size());
    try {
      for (ProducerRecord<byte[], byte[]> record : records) {
        throwFirstFailure();
        producer.send(record, delivery);
      }
    } catch (KafkaException e) {
      throw refusal.of(e);
    }
  }

  /**
   * Whether Kafka has acknowledged what was sent of a delivery.
   *
   * @throws CannotRunException when there is a record that it did not take
   */
  public boolean isAcknowledged(Delivery delivery) {
    boolean ended = delivery.isEnded();
    throwFirstFailure();
    return ended;
  }

  /**
   * Waits until Kafka has acknowledged what was sent of a delivery; what was sent later goes on.
   *
   * @throws CannotRunException when there is a record that it did not take
   */
  public void await(Delivery delivery) {
    // The producer itself gives up earlier, and the delivery then ends with a failure.
    Duration longest = giveUpAfter.multipliedBy(2);
    if (!await(delivery, longest)) {
      throw refusal.of(
          new TimeoutException("it has not answered in " + longest.toSeconds() + " s"));
    }
  }

  /**
   * Waits, at most so long, until Kafka has acknowledged what was sent of a delivery.
   *
   * @return false when it has not by then
   * @throws CannotRunException when there is a record that it did not take
   */
  public boolean await(Delivery delivery, Duration atMost) {
    try {
      boolean ended = delivery.awaitEnd(atMost.toMillis());
      throwFirstFailure();
      return ended;
    } catch (InterruptedException e) {
      throw refusal.of(new InterruptException(e));
    }
  }

  /**
   * How many records of a delivery Kafka has not acknowledged yet.
   *
   * @throws CannotRunException when there is a record that it did not take
   */
  public long unacknowledged(Delivery delivery) {
    throwFirstFailure();
    return delivery.waiting();
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
      throw refusal.of(e);
    }
    throwFirstFailure();
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
  }

  private void throwFirstFailure() {
    Exception failure = firstFailure.get();
    if (failure != null) {
      throw refusal.of(failure);
    }
  }
}
