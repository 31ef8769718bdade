package io.furnistream.replay.run;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.cli.Endpoints;
import io.furnistream.replay.spool.Spool;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.DatasetLedger;
import io.furnistream.stores.kafka.Kafka;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** What Kafka has of a dataset already: its log is the only memory that a replay has. */
final class WrittenLines implements AutoCloseable {

  private final Endpoints endpoints;
  private final Kafka kafka;
  private final KafkaAvroDeserializer keys = new KafkaAvroDeserializer();
  private final KafkaAvroDeserializer values = new KafkaAvroDeserializer();

  WrittenLines(Endpoints endpoints) {
    this.endpoints = endpoints;
    this.kafka = new Kafka(endpoints);
    Map<String, Object> settings =
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).deserializer();
    keys.configure(settings, true);
    values.configure(settings, false);
  }

  /** What the ledger says of each of the dataset's days. */
  Map<LocalDate, RunLedger> ledger(String dataset) {
    return DatasetLedger.of(kafka, endpoints, dataset);
  }

  /** Adds the dataset's records to a spool. */
  void addTo(Spool spool, String dataset, LineBytes bytes) {
    DatasetHeader header = new DatasetHeader(dataset);
    kafka.read(
        Topic.DAILY_RECORDS,
        line -> {
          if (header.isIn(line.headers())) {
            DailyRecordKey key = (DailyRecordKey) keys.deserialize(line.topic(), line.key());
            DailyRecord value = (DailyRecord) values.deserialize(line.topic(), line.value());
            byte[] record = value == null ? null : bytes.write(value);
            spool.addWritten(
                UUID.fromString(key.getTsId()),
                key.getTsDate(),
                line.offset(),
                record == null ? 0 : bytes.hash(record),
                record == null ? null : value.getCustomerId(),
                record);
          }
        });
  }

  @Override
  public void close() {
    kafka.close();
    keys.close();
    values.close();
  }
}
