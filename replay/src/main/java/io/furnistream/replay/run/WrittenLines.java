package io.furnistream.replay.run;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.furnistream.cli.Endpoints;
import io.furnistream.replay.spool.Spool;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What Kafka has of a dataset already: its log is the only memory that a replay has. */
final class WrittenLines implements AutoCloseable {

  private final Kafka kafka;
  private final KafkaAvroDeserializer keys = new KafkaAvroDeserializer();
  private final KafkaAvroDeserializer values = new KafkaAvroDeserializer();

  WrittenLines(Endpoints endpoints) {
    this.kafka = new Kafka(endpoints);
    Map<String, Object> settings =
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).deserializer();
    keys.configure(settings, true);
    values.configure(settings, false);
  }

  /** What the ledger says of each of the dataset's days. */
  Map<LocalDate, RunLedger> ledger(String dataset) {
    Map<LocalDate, RunLedger> days = new HashMap<>();
    read(
        Topic.RUN_LEDGER,
        entry -> {
          RunLedgerKey key = (RunLedgerKey) keys.deserialize(entry.topic(), entry.key());
          if (key.getDataset().equals(dataset)) {
            days.put(key.getTsDate(), (RunLedger) values.deserialize(entry.topic(), entry.value()));
          }
        });
    return days;
  }

  /** Adds the dataset's records to a spool. */
  void addTo(Spool spool, String dataset, LineBytes bytes) {
    DatasetHeader header = new DatasetHeader(dataset);
    read(
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

  private void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    List<TopicPartition> partitions = kafka.partitions(List.of(topic));
    Map<TopicPartition, Long> begins = kafka.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = kafka.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      kafka.read(partition, begins.get(partition), ends.get(partition), reader);
    }
  }

  @Override
  public void close() {
    kafka.close();
    keys.close();
    values.close();
  }
}
