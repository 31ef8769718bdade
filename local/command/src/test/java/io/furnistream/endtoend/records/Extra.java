package io.furnistream.endtoend.records;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.testing.SoundSales;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A record that is not in the ledger. */
public final class Extra implements AutoCloseable {

  private static final int PARTITIONS = 6;

  private final KafkaProducer<Object, Object> producer;
  private final LocalDate day;
  private final RecordId id;

  public Extra(Endpoints endpoints, LocalDate day) {
    this.producer =
        new KafkaProducer<>(
            new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).producer());
    this.day = day;
    this.id = RecordId.of("unannounced", day.toString());
  }

  /** The record's id as it is written in {@code ts_id}. */
  public RecordId id() {
    return id;
  }

  public void produce() throws Exception {
    send(sale().build());
  }

  /** The same record, with nothing sold: a rule forbids that. */
  public RecordMetadata produceUnsound() throws Exception {
    return send(sale().setQuantity(0).setRevenue(new BigDecimal("99.0000")).build());
  }

  /** A tombstone whose key no record of the contract has. */
  public RecordMetadata takeBackUnsound() throws Exception {
    return send(new DailyRecordKey(day, 16, id.text()), null);
  }

  /** The same record, with a value that is not Avro. */
  public static RecordMetadata produceUnreadable(Endpoints endpoints) throws Exception {
    return produceUnreadable(endpoints, "daily_records", 2);
  }

  /** Produces to a partition what no reader can read. */
  public static RecordMetadata produceUnreadable(Endpoints endpoints, String topic, int partition)
      throws Exception {
    byte[] bytes = "no avro".getBytes(StandardCharsets.UTF_8);
    Map<String, Object> settings =
        new HashMap<>(
            new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).producer());
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    try (KafkaProducer<byte[], byte[]> poison = new KafkaProducer<>(settings)) {
      return poison
          .send(new ProducerRecord<>(topic, partition, bytes, bytes))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private DailyRecord.Builder sale() {
    return SoundSales.sale(day, id);
  }

  public void takeBack() throws Exception {
    send(null);
  }

  private RecordMetadata send(DailyRecord value) throws Exception {
    return send(new DailyRecordKey(day, id.bucket(), id.text()), value);
  }

  private RecordMetadata send(DailyRecordKey key, DailyRecord value) throws Exception {
    return producer
        .send(new ProducerRecord<>("daily_records", id.partition(PARTITIONS), key, value))
        .get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    producer.close();
  }
}
