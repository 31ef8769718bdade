package io.furnistream.datagen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.sales.Days;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate} with faults against a real broker. */
class FaultyRunTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAYS = "--from 2023-11-04 --to 2023-11-06 --records 1000 --seed 7";
  private static final String FAULTS =
      " --late 2% --duplicates 2% --corrections 2% --poison 8% --drift";

  @TempDir private Path folder;
  private PlatformBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.startWithLogs(folder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void theLedgerStatesTheNetStateAndTheFaults() throws Exception {
    GenerateCommandTest.Outcome outcome = generate(DAYS + FAULTS + " --json");
    assertThat(outcome.status()).isEqualTo(ExitStatus.DONE);
    // Two schemas that the topic takes, one that it does not.
    assertThat(outcome.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("--drift: schema "))
        .filteredOn(line -> line.endsWith("is registered under daily_records-value."))
        .hasSize(2);
    assertThat(registry().getAllVersions("daily_records-value")).hasSize(3);

    List<ConsumerRecord<byte[], byte[]>> sent = read();
    Map<LocalDate, Map<String, DailyRecord>> netState = new TreeMap<>();
    Map<LocalDate, Map<String, Set<String>>> injected = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> each : sent) {
      String kind = header(each, "fault");
      if (!kind.startsWith("poison")) {
        DailyRecordKey key = decoded(each.key(), "daily_records-key", new DailyRecordKey());
        Map<String, DailyRecord> ofDay =
            netState.computeIfAbsent(key.getTsDate(), day -> new HashMap<>());
        if (each.value() == null) {
          ofDay.remove(key.getTsId());
        } else {
          ofDay.put(key.getTsId(), decoded(each.value(), "daily_records-value", new DailyRecord()));
        }
      }
      if (!kind.isEmpty()) {
        assertThat(header(each, "dataset")).isNotEmpty();
        assertThat(header(each, "run")).isNotEmpty();
        injected
            .computeIfAbsent(LocalDate.parse(header(each, "day")), day -> new TreeMap<>())
            .computeIfAbsent(kind.split("[:,]", 2)[0], name -> new HashSet<>())
            .add(kind.startsWith("poison") ? "" + each.offset() + each.partition() : id(each));
      }
    }

    Map<LocalDate, RunLedger> complete = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (ConsumerRecord<RunLedgerKey, RunLedger> each :
        broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER)) {
      names.add(each.key().getDataset());
      if (each.value().getStatus().equals("COMPLETE")) {
        complete.put(each.key().getTsDate(), each.value());
      } else {
        assertThat(each.value().getRefused()).isNull();
        assertThat(each.value().getFaults()).isNull();
      }
    }
    assertThat(names).hasSize(1).doesNotContain(Days.dataset(7, 1_000).name());
    assertThat(complete).hasSize(3);
    JsonNode summary = JSON.readTree(outcome.out());
    long allRefused = 0;
    for (Map.Entry<LocalDate, RunLedger> day : complete.entrySet()) {
      RunLedger entry = day.getValue();
      assertThat(entry.getArguments())
          .isEqualTo(
              "--store furniture --records 1000 --seed 7 --late 2% --duplicates 2% --corrections 2% --poison 8% --drift");
      Map<String, DailyRecord> ofDay = netState.get(day.getKey());
      assertThat(entry.getRecords()).isEqualTo(1_000).isEqualTo(ofDay.size());
      assertThat(entry.getQuantity())
          .isEqualTo(ofDay.values().stream().mapToLong(DailyRecord::getQuantity).sum());
      assertThat(entry.getRevenue())
          .isEqualTo(
              ofDay.values().stream()
                  .map(DailyRecord::getRevenue)
                  .reduce(BigDecimal.ZERO, BigDecimal::add));
      BigInteger ids =
          ofDay.keySet().stream()
              .map(id -> new BigInteger(id.replace("-", ""), 16))
              .reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(new BigInteger(entry.getIdChecksum(), 16))
          .isEqualTo(ids.mod(BigInteger.TWO.pow(128)));

      JsonNode faults = JSON.readTree(entry.getFaults());
      Map<String, Set<String>> found = injected.get(day.getKey());
      assertThat(faults.get("late").intValue()).isEqualTo(found.get("late").size());
      assertThat(faults.get("duplicates").intValue()).isEqualTo(found.get("duplicate").size());
      assertThat(faults.get("corrections").intValue()).isEqualTo(found.get("correction").size());
      assertThat(entry.getRefused()).isEqualTo(found.get("poison").size());
      long byRule = 0;
      for (JsonNode records : faults.get("refused")) {
        byRule += records.longValue();
      }
      assertThat(byRule).isEqualTo(entry.getRefused());
      allRefused += byRule;
    }
    long inSummary = 0;
    for (JsonNode records : summary.get("faults").get("refused")) {
      inSummary += records.longValue();
    }
    assertThat(inSummary).isEqualTo(allRefused).isGreaterThan(150);
    assertThat(summary.get("records").longValue()).isEqualTo(3_000);
  }

  /** A day is complete only once nothing of it can follow. */
  @Test
  void aDayWithLateRecordsIsCompleteAfterTheNextHasBegun() {
    assertThat(generate(DAYS + " --late 10%").err()).isEmpty();

    List<String> entries = new ArrayList<>();
    broker
        .<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER)
        .forEach(
            each ->
                entries.add(
                    each.key().getTsDate().getDayOfMonth() + " " + each.value().getStatus()));
    assertThat(entries)
        .containsExactly(
            "4 STARTED", "5 STARTED", "4 COMPLETE", "6 STARTED", "5 COMPLETE", "6 COMPLETE");
  }

  @Test
  void theSameArgumentsGiveTheSameBytes() {
    generate(DAYS + FAULTS);
    List<ConsumerRecord<byte[], byte[]>> first = read();
    generate(DAYS + FAULTS.replace("2%", "2.0%"));
    List<ConsumerRecord<byte[], byte[]>> both = read();

    assertThat(both).hasSize(2 * first.size());
    Map<String, Integer> counts = new HashMap<>();
    both.forEach(each -> counts.merge(bytes(each), 1, Integer::sum));
    first.forEach(each -> counts.merge(bytes(each), -2, Integer::sum));
    assertThat(counts.values()).containsOnly(0);
    assertThat(new TreeSet<>(both.stream().map(each -> header(each, "run")).toList()))
        .hasSize(3); // "" where there is no fault
  }

  @Test
  void withoutDriftNothingIsRegistered() throws Exception {
    assertThat(generate(DAYS + " --poison 1%").err()).isEmpty();
    assertThat(registry().getAllSubjects())
        .containsExactlyInAnyOrder(
            "daily_records-key", "daily_records-value", "run_ledger-key", "run_ledger-value");
    assertThat(registry().getAllVersions("daily_records-value")).hasSize(1);
  }

  private GenerateCommandTest.Outcome generate(String arguments) {
    return GenerateCommandTest.run(new GenerateCommand(broker::endpoints), arguments);
  }

  private SchemaRegistryClient registry() {
    return MockSchemaRegistry.getClientForScope(
        broker.endpoints().registryUrl().substring("mock://".length()));
  }

  /** The body of a record by whatever schema wrote it, as the contract reads it. */
  private <T extends SpecificRecord> T decoded(byte[] bytes, String subject, T contract)
      throws Exception {
    Schema writer =
        (Schema)
            registry()
                .getSchemaBySubjectAndId(subject, ByteBuffer.wrap(bytes).getInt(1))
                .rawSchema();
    return new SpecificDatumReader<T>(writer, contract.getSchema())
        .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
  }

  private String id(ConsumerRecord<byte[], byte[]> record) {
    try {
      return decoded(record.key(), "daily_records-key", new DailyRecordKey()).getTsId();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String bytes(ConsumerRecord<byte[], byte[]> record) {
    return record.partition()
        + " "
        + record.timestamp()
        + " "
        + (record.key() == null ? null : ByteBuffer.wrap(record.key()).hashCode())
        + " "
        + (record.value() == null ? null : ByteBuffer.wrap(record.value()).hashCode())
        + " "
        + header(record, "fault");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader("furnistream." + name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> read() {
    List<TopicPartition> partitions =
        IntStream.range(0, Topic.DAILY_RECORDS.partitions())
            .mapToObj(number -> new TopicPartition(Topic.DAILY_RECORDS.topicName(), number))
            .toList();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            broker.endpoints().kafkaClient(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
