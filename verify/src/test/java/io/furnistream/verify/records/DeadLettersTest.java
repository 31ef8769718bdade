package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.Stopwatch;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.testing.PlatformBroker;
import io.furnistream.verify.database.EmptyDatabase;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
class DeadLettersTest {

  private static final String CONNECT = "__connect.errors.";
  private static final String STREAMS = "__streams.errors.";
  private static final byte[] NOT_AVRO = {9};
  private static final byte[] OTHERS = {8};

  @TempDir private Path folder;

  /** As when daily_records was deleted and made again: the letters of then are still there. */
  @Test
  void aLetterOfARecordThatIsNoLongerThereCountsForNothing() throws Exception {
    try (PlatformBroker broker = PlatformBroker.start(folder);
        Admin admin =
            Admin.create(Map.of("bootstrap.servers", broker.endpoints().bootstrapServers()));
        KafkaProducer<byte[], byte[]> producer = producer(broker)) {
      broker.create(Topic.DAILY_RECORDS);
      admin
          .createTopics(
              List.of(
                  DeadLetterTopics.newTopic(
                      DeadLetterTopics.RAW_RECORDS, PlatformSettings.defaults()),
                  DeadLetterTopics.newTopic(
                      DeadLetterTopics.AGGREGATES, PlatformSettings.defaults())))
          .all()
          .get(30, TimeUnit.SECONDS);
      for (int offset = 0; offset < 2; offset++) {
        producer
            .send(new ProducerRecord<>(Topic.DAILY_RECORDS.topicName(), 0, NOT_AVRO, NOT_AVRO))
            .get(30, TimeUnit.SECONDS);
      }
      for (String headers : List.of(CONNECT, STREAMS)) {
        send(producer, letter(headers, "0", NOT_AVRO));
        send(producer, letter(headers, "1", OTHERS));
        // What anybody may write there.
        send(producer, letter(headers, "9".repeat(30), NOT_AVRO));
        send(producer, letter(headers, "no number", NOT_AVRO));
      }
      try (Kafka kafka = new Kafka(broker.endpoints());
          AvroReader avro = new AvroReader(broker.endpoints());
          ProofDatabase database = EmptyDatabase.open()) {
        new SalesReader(database).read(kafka, avro);
        Set<Long> quarantine = new HashSet<>();
        DeadLetters letters =
            new DeadLetters(
                kafka,
                database,
                new Quarantine(
                    database,
                    new TokenTable(database, Optional.empty()),
                    rows -> quarantine.forEach(offset -> rows.row(0, offset, null, Map.of()))));

        assertThat(missing(letters)).hasSize(2).allMatch(text -> text.contains("offset 1,"));

        // The aggregates' letter of a record that is too large has neither key nor value.
        ProducerRecord<byte[], byte[]> without = letter(STREAMS, "1", null);
        without.headers().add(STREAMS + "left_out", NOT_AVRO);
        send(producer, without);
        assertThat(missing(letters))
            .singleElement()
            .asString()
            .contains(Quarantine.TABLE, "lack 1 of the 2", "offset 1,");

        quarantine.add(1L);
        assertThat(missing(letters)).isEmpty();
      }
    }
  }

  private static List<String> missing(DeadLetters letters) {
    return letters.problems(Stopwatch.start(), Duration.ZERO).stream()
        .map(Problem::inWords)
        .toList();
  }

  private static ProducerRecord<byte[], byte[]> letter(
      String headers, String offset, byte[] bytes) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            headers.equals(CONNECT) ? DeadLetterTopics.RAW_RECORDS : DeadLetterTopics.AGGREGATES,
            bytes,
            bytes);
    Map.of("topic", Topic.DAILY_RECORDS.topicName(), "partition", "0", "offset", offset)
        .forEach(
            (name, value) ->
                letter.headers().add(headers + name, value.getBytes(StandardCharsets.UTF_8)));
    return letter;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> letter)
      throws Exception {
    producer.send(letter).get(30, TimeUnit.SECONDS);
  }

  private static KafkaProducer<byte[], byte[]> producer(PlatformBroker broker) {
    Map<String, Object> settings =
        new HashMap<>(
            new AvroClients(broker.endpoints().bootstrapServers(), broker.endpoints().registryUrl())
                .producer());
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    return new KafkaProducer<>(settings);
  }
}
