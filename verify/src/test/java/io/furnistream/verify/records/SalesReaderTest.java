package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.testing.PlatformBroker;
import io.furnistream.verify.database.EmptyDatabase;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, with records that nobody can read: what they are does not matter here. */
class SalesReaderTest {

  private static final int RECORDS = 5;

  @TempDir private Path folder;
  private PlatformBroker broker;
  private final ProofDatabase database = EmptyDatabase.open();

  @BeforeEach
  void write() throws Exception {
    broker = PlatformBroker.start(folder);
    broker.create(Topic.DAILY_RECORDS);
    Map<String, Object> settings =
        new HashMap<>(
            new AvroClients(broker.endpoints().bootstrapServers(), broker.endpoints().registryUrl())
                .producer());
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
      for (byte number = 0; number < RECORDS; number++) {
        byte[] bytes = {number};
        producer
            .send(new ProducerRecord<>(Topic.DAILY_RECORDS.topicName(), 2, bytes, bytes))
            .get(30, TimeUnit.SECONDS);
      }
    }
  }

  @AfterEach
  void close() {
    database.close();
    broker.close();
  }

  @Test
  void whatWasReadIsKept() {
    assertThat(read()).isEmpty();
    database.execute("UPDATE refusal SET message = 'kept' WHERE kafka_offset = 0");

    assertThat(read()).isEmpty();
    assertThat(new Refusals(database).first()).endsWith("kept");
    assertThat(new Refusals(database).count()).isEqualTo(RECORDS);
  }

  /** As if more had been read than the log has now. */
  @Test
  void aLogThatIsShorterThanItWasIsNamedAndReadAgain() {
    read();
    database.execute("UPDATE partition_read SET next = 9, last = 8 WHERE kafka_partition = 2");
    database.execute("UPDATE refusal SET message = 'kept'");

    assertThat(read())
        .singleElement()
        .asString()
        .startsWith("warning: The log of daily_records-2 was cut: it had been read up to offset 9,")
        .contains("ended at 5");
    assertThat(new Refusals(database).first()).doesNotContain("kept");
    assertThat(new Refusals(database).count()).isEqualTo(RECORDS);
    // It was, also for the next verify.
    assertThat(read()).hasSize(1);
  }

  @Test
  void aLogThatHasAnotherRecordWhereTheLastOneWasIsNamedAndReadAgain() {
    read();
    database.execute("UPDATE partition_read SET fingerprint = 1 WHERE kafka_partition = 2");

    assertThat(read()).singleElement().asString().contains("daily_records-2 was cut");
    assertThat(new Refusals(database).count()).isEqualTo(RECORDS);
  }

  @Test
  void recordsThatWereDeletedAtItsBeginningAreNoCut() throws Exception {
    read();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", broker.endpoints().bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(Topic.DAILY_RECORDS.topicName(), 2),
                  RecordsToDelete.beforeOffset(RECORDS)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    assertThat(read()).isEmpty();
    assertThat(new Refusals(database).isEmpty()).isTrue();
  }

  private List<String> read() {
    SalesReader reader = new SalesReader(database);
    try (Kafka kafka = new Kafka(broker.endpoints());
        AvroReader avro = new AvroReader(broker.endpoints())) {
      reader.read(kafka, avro);
    }
    return reader.cuts().stream().map(Problem::inWords).toList();
  }
}
