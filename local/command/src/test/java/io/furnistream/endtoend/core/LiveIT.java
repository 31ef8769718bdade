package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Live sales on the real stack: proved while they come in, and whatever happens to their run. */
@OnCoreStack
class LiveIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RATE = 40;
  private static final Duration A_MINUTE_IS_STATED = Duration.ofSeconds(150);
  private static final Duration BROKER_AWAY = Duration.ofSeconds(15);

  /** A minute and what the catching up takes. */
  private static final Duration WATCHED = Duration.ofSeconds(50);

  private final CoreStack stack;

  LiveIT(CoreStack stack) {
    this.stack = stack;
  }

  private record Entry(
      String status, long records, Instant from, Instant until, int spans, String day) {}

  @Test
  void salesOfNowAreProvedWhileTheyComeInAndAfterAKillAndAPauseOfTheBroker() throws Exception {
    CommandProcess.Running first = follow();
    Entry stated = awaitStated(first, Instant.EPOCH);
    CommandProcess.Result goingOn = stack.verify();
    assertThat(goingOn.status()).as(goingOn.out() + goingOn.err()).isZero();
    assertThat(goingOn.err()).contains(stated.day() + " is going on");

    first.process().destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    CommandProcess.Result killed = stack.verify();
    assertThat(killed.status()).as(killed.out() + killed.err()).isZero();
    assertThat(entry().status()).isEqualTo("STARTED");

    CommandProcess.Running second = follow();
    // The first one may have stated more until it was killed.
    awaitStated(second, entry().until());
    requireNoBurstAfterAPause();
    awaitStated(second, Instant.now());

    second.process().destroy();
    CommandProcess.Result stopped = second.await();
    assertThat(stopped.status()).as(stopped.err()).isZero();
    JsonNode summary = JSON.readTree(stopped.out());

    Entry end = entry();
    assertThat(end.status()).isEqualTo("COMPLETE");
    assertThat(end.until()).isEqualTo(summary.path("until").asText());
    assertThat(end.spans()).as("the kill has left no gap").isEqualTo(1);
    double seconds = Duration.between(end.from(), end.until()).toMillis() / 1_000.0;
    assertThat((double) end.records()).isBetween(RATE * seconds * 0.98, RATE * seconds * 1.02);
    requireWholeMinutes(summary.path("dataset").asText(), end);

    // It has not ended, and is closed so that no other test finds an open one.
    stack.succeed("rollup", "--from", end.day(), "--to", end.day(), "--force");
    stack.verified();
    stack.assertNothingFellOver();
  }

  private CommandProcess.Running follow() throws IOException {
    return stack.start(
        "generate", "--live", "--rate", Integer.toString(RATE), "--seed", "5", "--json");
  }

  /** Waits until the ledger in PostgreSQL states sales of after an instant. */
  private Entry awaitStated(CommandProcess.Running run, Instant after) {
    await("the ledger to state sales of after " + after)
        .atMost(A_MINUTE_IS_STATED)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              assertThat(run.process().isAlive()).isTrue();
              Entry entry = entry();
              return entry != null && entry.records() > 0 && entry.until().isAfter(after);
            });
    return entryUnchecked();
  }

  private Entry entryUnchecked() {
    try {
      return entry();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Entry entry() throws SQLException, IOException {
    try (Connection reader = stack.reader();
        Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT status, records, (spans::jsonb -> 0 ->> 0), until,
                       jsonb_array_length(spans::jsonb), ts_date
                  FROM daily_report.run_ledger
                 WHERE spans IS NOT NULL AND arguments LIKE '%--live%'
                 ORDER BY ts_date DESC LIMIT 1
                """)) {
      return row.next()
          ? new Entry(
              row.getString(1),
              row.getLong(2),
              Instant.parse(row.getString(3)),
              row.getTimestamp(4).toInstant(),
              row.getInt(5),
              row.getDate(6).toLocalDate().toString())
          : null;
    }
  }

  /** Has the broker stand still, and counts what then arrives in any two seconds. */
  private void requireNoBurstAfterAPause() throws Exception {
    long kafka = stack.process("kafka").pid();
    List<Long> arrivals = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = atTheEnd()) {
      assertThat(RunningStack.signal("STOP", kafka)).isTrue();
      try {
        await().pollDelay(BROKER_AWAY).atMost(BROKER_AWAY.plusSeconds(5)).until(() -> true);
      } finally {
        assertThat(RunningStack.signal("CONT", kafka)).isTrue();
      }
      long end = System.nanoTime() + WATCHED.toNanos();
      while (System.nanoTime() < end) {
        int polled = consumer.poll(Duration.ofMillis(50)).count();
        arrivals.addAll(Collections.nCopies(polled, System.nanoTime()));
      }
    }
    long window = Duration.ofSeconds(2).toNanos();
    int most = 0;
    for (int from = 0, to = 0; to < arrivals.size(); to++) {
      while (arrivals.get(to) - arrivals.get(from) > window) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    // It catches up at twice its rate. A busy machine delivers some records late, and together: a
    // burst would be all that fell due while the broker was away.
    assertThat(most).isBetween(2 * RATE, 3 * 2 * RATE);
  }

  private KafkaConsumer<byte[], byte[]> atTheEnd() {
    Map<String, Object> settings = stack.endpoints().kafkaClient();
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.DAILY_RECORDS.topicName()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  /** Each whole minute of the span has the rate, whatever was sent twice. */
  private void requireWholeMinutes(String dataset, Entry end) {
    DatasetHeader header = new DatasetHeader(dataset);
    Map<Instant, Map<String, Long>> minutes = new TreeMap<>();
    try (Kafka kafka = new Kafka(stack.endpoints())) {
      kafka.read(
          Topic.DAILY_RECORDS,
          record -> {
            if (header.isIn(record.headers())) {
              Instant ts = Instant.ofEpochMilli(record.timestamp());
              minutes
                  .computeIfAbsent(
                      ts.minusNanos(ts.toEpochMilli() % 60_000 * 1_000_000L), m -> new TreeMap<>())
                  .put(key(record), record.offset());
            }
          });
    }
    List<Instant> whole =
        minutes.keySet().stream()
            .filter(minute -> minute.isAfter(end.from()))
            .filter(minute -> !minute.plusSeconds(60).isAfter(end.until()))
            .toList();
    assertThat(whole).hasSizeGreaterThanOrEqualTo(2);
    for (Instant minute : whole) {
      assertThat(minutes.get(minute)).as(minute.toString()).hasSize(60 * RATE);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return HexFormat.of().formatHex(record.key());
  }
}
