package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.testing.RandomHistory;
import io.furnistream.aggregates.testing.Sales;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.LiveKpis;
import io.furnistream.schemas.LiveKpisKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several partitions, tasks, instances and runs, against a real broker. */
class AggregatesIT extends OnBroker {

  @Test
  void aTopicWithMorePartitionsIsRefusedAtTheStartAndWhenAThreadDiesOfIt() throws Exception {
    RequiredTopics topics = new RequiredTopics(broker.clients());
    assertThat(topics.await(SOON, new CountDownLatch(1))).isTrue();
    start("first").close();
    topics.checkPartitions();

    broker
        .admin()
        .createPartitions(Map.of(Topic.DAILY_RECORDS.topicName(), NewPartitions.increaseTo(7)))
        .all()
        .get(30, TimeUnit.SECONDS);

    await("the altered topic")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThatThrownBy(topics::checkPartitions)
                    .isInstanceOf(CannotRunException.class)
                    .hasMessageContaining("daily_records")
                    .hasMessageContaining("has 7 partitions instead of 6"));
    assertThatThrownBy(() -> topics.await(SOON, new CountDownLatch(1)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("7 partitions instead of 6");

    // As when it is altered while they run: the next rebalance finds six partitions of the stores.
    KafkaStreams streams = streams("first");
    open.add(streams);
    streams.setUncaughtExceptionHandler(
        new ThreadReplacement(new CountDownLatch(1), System::nanoTime, topics::checkPartitions));
    streams.start();
    await("the end").atMost(SOON).until(() -> streams.state() == KafkaStreams.State.ERROR);
  }

  @Test
  void exactOverPartitionsRunsAndInstances() throws Exception {
    RandomHistory history = new RandomHistory(2016, 2_000, 3, 150);

    Instance first = start("first");
    send(history, 15_000);
    awaitTables(history);

    // What lies in another partition than its id's counts for nothing, and takes nothing back.
    int elsewhere = 0;
    for (DailyRecord sale : List.copyOf(history.records()).subList(0, 60)) {
      DailyRecordKey key = new DailyRecordKey(sale.getTsDate(), bucket(sale), sale.getTsId());
      int belongs = RecordId.parse(sale.getTsId()).partition(6);
      send((belongs + 1 + elsewhere % 5) % 6, key, elsewhere % 2 == 0 ? sale : null);
      elsewhere++;
    }
    acknowledge();
    await("read").atMost(SOON).until(broker::hasReadEverything);
    awaitTables(history);

    // Stopped in the middle: what is read is sent, or it is not read.
    send(history, 5_000);
    first.close();
    Instance again = start("first");
    awaitTables(history);

    // The same records once more change nothing, and say nothing.
    Map<Topic, Long> rows = rows();
    history.table().forEach(this::send);
    history.table().forEach(this::send);
    acknowledge();
    await("read twice").atMost(SOON).until(broker::hasReadEverything);
    awaitTables(history);
    assertThat(rows()).isEqualTo(rows);

    // A second instance takes over part, then all, with a state that it restores from Kafka.
    Instance second = start("second");
    send(history, 5_000);
    awaitTables(history);
    again.close();
    send(history, 2_000);
    awaitTables(history);
    second.close();
    // Streams may send a letter again that it had not committed when it closed.
    assertThat(broker.countCommitted(DeadLetterTopics.AGGREGATES))
        .isGreaterThanOrEqualTo(history.unsound() + elsewhere);
  }

  @Test
  void unreadableRecordsAreCountedInTheDeadLetterTopic() throws Exception {
    DailyRecordKey key = Sales.key(Sales.DAY, 1);
    start("first");
    Map<String, Object> settings = new HashMap<>(broker.clients().producer());
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    try (KafkaProducer<byte[], byte[]> poison = new KafkaProducer<>(settings)) {
      for (int n = 0; n < 12; n++) {
        pending.add(
            poison.send(
                new ProducerRecord<>(
                    "daily_records",
                    n % 6,
                    PRODUCED_AT_2100,
                    new byte[] {(byte) n},
                    (byte[]) null)));
      }
    }
    send(key, Sales.chair(key).build());
    acknowledge();

    await("the record after the dead letters")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(tables.get(Topic.DAILY_PU_REV).now().values()).hasSize(1));
    await("dead letters")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(broker.countCommitted(DeadLetterTopics.AGGREGATES)).isEqualTo(12));
  }

  @Test
  void exactAfterKillsAtAnyMoment() throws Exception {
    Random moment = new Random(7);
    RandomHistory history = new RandomHistory(7, 2_000, 3, 150);
    int port = freePort();
    Process process = startProcess("killed", port);
    awaitHealth(port);
    for (int kill = 0; kill < 2; kill++) {
      send(history, 4_000 + moment.nextInt(4_000));
      process.destroyForcibly().waitFor();
      send(history, 1_000);
      process = startProcess("killed", port);
      awaitHealth(port);
    }
    awaitTables(history);

    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("SIGTERM ends it").isTrue();
    assertThat(healthStatus(port)).isZero();
  }

  @Test
  void exactWhenOneOfTwoInstancesIsKilled() throws Exception {
    Random moment = new Random(8);
    RandomHistory history = new RandomHistory(8, 2_000, 3, 150);
    int first = freePort();
    int second = freePort();
    startProcess("one", first);
    Process other = startProcess("other", second);
    awaitHealth(first);
    awaitHealth(second);
    send(history, 3_000);
    await("both share the work").atMost(SOON).until(() -> broker.instances() == 2);
    for (int kill = 0; kill < 2; kill++) {
      send(history, 4_000 + moment.nextInt(4_000));
      other.destroyForcibly().waitFor();
      send(history, 2_000);
      other = startProcess("other", second);
      awaitHealth(second);
    }
    send(history, 2_000);
    awaitTables(history);
  }

  @Test
  void aNewFormBeginsWithoutTheRowsOfTheFormerOne() throws Exception {
    // What another form left: a row without a record, one that will be sent again, a group,
    // a topic of its own, a state folder.
    DailyRecordKey key = Sales.key(Sales.DAY, 1);
    for (LocalDate day : List.of(Sales.DAY, LocalDate.of(1999, 1, 1))) {
      pending.add(
          producer.send(
              new ProducerRecord<>(
                  Topic.LIVE_KPIS.topicName(),
                  new LiveKpisKey(day),
                  new LiveKpis(9L, 9L, 9L, 9L, money("9.0000"), money("9.0000")))));
    }
    send(key, Sales.chair(key).build());
    acknowledge();
    String changelog = "furnistream-aggregates-contributions-changelog";
    broker
        .admin()
        .createTopics(List.of(new NewTopic(changelog, 1, (short) 1)))
        .all()
        .get(30, TimeUnit.SECONDS);
    Path formerState = Files.createDirectories(folder.resolve("new/furnistream-aggregates/0_0"));
    assertThat(tables.get(Topic.LIVE_KPIS).now()).hasSize(2);

    CountDownLatch notStopping = new CountDownLatch(1);
    Rebuild rebuild =
        new Rebuild(broker.clients(), folder.resolve("new"), AggregatesTopology.OUTPUTS);
    // Two instances that start together.
    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(() -> begun(rebuild, notStopping));
    assertThat(begun(rebuild, notStopping)).isTrue();
    assertThat(other.get(60, TimeUnit.SECONDS)).isTrue();

    assertThat(tables.get(Topic.LIVE_KPIS).now()).isEmpty();
    assertThat(broker.admin().listTopics().names().get(30, TimeUnit.SECONDS))
        .doesNotContain(changelog);
    assertThat(formerState).doesNotExist();

    start("new");
    await("the row of an existing record")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(tables.get(Topic.LIVE_KPIS).now())
                    .isEqualTo(
                        Map.of(
                            new LiveKpisKey(Sales.DAY),
                            new LiveKpis(1L, 1L, 1L, 1L, money("100.0000"), money("100.0000")))));
    // Not a first run any more: nothing is taken back.
    long rows = tables.get(Topic.LIVE_KPIS).rows();
    assertThat(begun(rebuild, notStopping)).isTrue();
    tables.get(Topic.LIVE_KPIS).now();
    assertThat(tables.get(Topic.LIVE_KPIS).rows()).isEqualTo(rows);
  }

  @Test
  void withoutItsGroupItForgetsEverythingAndFillsTheSameTables() throws Exception {
    RandomHistory history = new RandomHistory(7, 500, 2, 40);
    Instance before = start("reset");
    send(history, 2_000);
    awaitTables(history);
    before.close();
    // A row without a record, after its deletion.
    for (LiveKpis row :
        Arrays.asList(null, new LiveKpis(9L, 9L, 9L, 9L, money("9.0000"), money("9.0000")))) {
      pending.add(
          producer.send(
              new ProducerRecord<>(
                  Topic.LIVE_KPIS.topicName(), new LiveKpisKey(LocalDate.of(1999, 1, 1)), row)));
    }
    acknowledge();

    broker
        .admin()
        .deleteConsumerGroups(List.of(StreamsProperties.APPLICATION_ID))
        .all()
        .get(30, TimeUnit.SECONDS);
    Rebuild rebuild =
        new Rebuild(broker.clients(), folder.resolve("reset"), AggregatesTopology.OUTPUTS);
    assertThat(begun(rebuild, new CountDownLatch(1))).isTrue();
    // The broker writes that a transaction is committed some time after it has said so.
    await("all rows are taken back")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(tables.get(Topic.LIVE_KPIS).now()).isEmpty());
    start("reset");

    awaitTables(history);
  }

  /** As after kill -9: the transaction under way is aborted, and those before it stay. */
  @Test
  void aRebuildThatIsInterruptedGoesOnWhereItWas() throws Exception {
    int days = 600;
    for (int day = 0; day < days; day++) {
      pending.add(
          producer.send(
              new ProducerRecord<>(
                  Topic.LIVE_KPIS.topicName(),
                  new LiveKpisKey(Sales.DAY.plusDays(day)),
                  new LiveKpis(9L, 9L, 9L, 9L, money("9.0000"), money("9.0000")))));
      pending.add(
          producer.send(
              new ProducerRecord<>(
                  Topic.DAILY_PU_REV.topicName(),
                  new DailyPuRevKey(Sales.DAY.plusDays(day)),
                  new DailyPuRev(9L, 9L, 9L, 9L, money("9.0000"), money("9.0000")))));
    }
    acknowledge();
    List<Topic> outputs = List.of(Topic.LIVE_KPIS, Topic.DAILY_PU_REV);
    CountDownLatch notStopping = new CountDownLatch(1);
    // A poll returns 100 records: a transaction for each.
    CompletableFuture<Boolean> fenced =
        CompletableFuture.supplyAsync(
            () ->
                begun(new Rebuild(broker.clients(), folder.resolve("a"), outputs, 1), notStopping));
    String positions = StreamsProperties.APPLICATION_ID + "-rebuild";
    await("a transaction")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !broker.offsets(positions).isEmpty());
    Map<String, Object> settings = new HashMap<>(broker.clients().producer());
    settings.put("transactional.id", positions);
    try (KafkaProducer<?, ?> killer = new KafkaProducer<>(settings)) {
      killer.initTransactions();
    }
    boolean wasInterrupted = broker.offsets(StreamsProperties.APPLICATION_ID).isEmpty();

    // It does not start over at once, since the one that fenced it may be at work.
    assertThat(fenced.get(2, TimeUnit.MINUTES)).isTrue();

    assertThat(wasInterrupted).as("fenced before its end").isTrue();
    for (Topic topic : outputs) {
      await("all rows are taken back")
          .atMost(SOON)
          .untilAsserted(() -> assertThat(tables.get(topic).now()).isEmpty());
      assertThat(tables.get(topic).rows()).as("each once").isEqualTo(2L * days);
    }

    // After a reset the next one begins at the beginning.
    sendRow();
    broker
        .admin()
        .deleteConsumerGroups(List.of(StreamsProperties.APPLICATION_ID))
        .all()
        .get(30, TimeUnit.SECONDS);
    assertThat(begun(new Rebuild(broker.clients(), folder, outputs, 1), notStopping)).isTrue();
    await("it is taken back, too")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(tables.get(Topic.LIVE_KPIS).now()).isEmpty());
  }

  @Test
  void aRebuildStopsBetweenTransactions() throws Exception {
    sendRow();
    List<Topic> outputs = List.of(Topic.LIVE_KPIS);
    Rebuild rebuild = new Rebuild(broker.clients(), folder, outputs, 1);

    assertThat(begun(rebuild, new CountDownLatch(0))).isFalse();
    assertThat(broker.offsets(StreamsProperties.APPLICATION_ID)).isEmpty();
    assertThat(begun(rebuild, new CountDownLatch(1))).isTrue();
  }

  /** With a standby the one that takes over has the state already, but for the latest changes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aStandbyTakesOverWithoutRestoringAll(int standbys) throws Exception {
    RandomHistory history = new RandomHistory(9, 2_000, 3, 150);
    int first = freePort();
    int second = freePort();
    Process one = startProcess("one", first, standbys, folder.resolve("one.log"));
    awaitHealth(first);
    send(history, 20_000);
    awaitTables(history);
    Path log = folder.resolve("other.log");
    startProcess("other", second, standbys, log);
    awaitHealth(second);
    await("both share the work").atMost(SOON).until(() -> broker.instances() == 2);
    send(history, 6_000);
    awaitTables(history);
    long stored = broker.storedInChangelogs();
    int logged = Files.readString(log).length();

    send(history, 2_000);
    one.destroyForcibly().waitFor();
    send(history, 2_000);
    awaitTables(history);

    String afterKill = Files.readString(log).substring(logged);
    long restored =
        Pattern.compile("Restored (\\d+) records")
            .matcher(afterKill)
            .results()
            .mapToLong(match -> Long.parseLong(match.group(1)))
            .sum();
    assertThat(afterKill).as("its log").contains("RUNNING");
    assertThat(restored < stored / 6)
        .as("restored %d of %d records", restored, stored)
        .isEqualTo(standbys == 1);
  }

  /** A row of live_kpis that no record stands behind. */
  private void sendRow() throws Exception {
    pending.add(
        producer.send(
            new ProducerRecord<>(
                Topic.LIVE_KPIS.topicName(),
                new LiveKpisKey(Sales.DAY),
                new LiveKpis(9L, 9L, 9L, 9L, money("9.0000"), money("9.0000")))));
    acknowledge();
  }

  private static boolean begun(Rebuild rebuild, CountDownLatch stopping) {
    try {
      return rebuild.await(Duration.ofMinutes(1), stopping);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private KafkaStreams streams(String name) {
    AvroClients clients = broker.clients();
    return new KafkaStreams(
        AggregatesTopology.of(AggregateSet.ALL, clients),
        StreamsProperties.of(new AggregatesSettings(clients, folder.resolve(name), 0, 2, 1, 1, 0)));
  }

  private Instance start(String name) {
    KafkaStreams streams = streams(name);
    Instance instance = new Instance(streams);
    open.add(instance);
    streams.start();
    await("running").atMost(SOON).until(() -> streams.state() == KafkaStreams.State.RUNNING);
    return instance;
  }

  private static int bucket(DailyRecord sale) {
    return RecordId.parse(sale.getTsId()).bucket();
  }

  private Map<Topic, Long> rows() {
    Map<Topic, Long> rows = new HashMap<>();
    tables.forEach((topic, reader) -> rows.put(topic, reader.rows()));
    return rows;
  }

  private record Instance(KafkaStreams streams) implements AutoCloseable {

    @Override
    public void close() {
      assertThat(
              streams.close(
                  CloseOptions.timeout(Duration.ofSeconds(20))
                      .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)))
          .as("closed in time")
          .isTrue();
    }
  }
}
