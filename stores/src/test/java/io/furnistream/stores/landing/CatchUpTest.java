package io.furnistream.stores.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.testing.PlatformBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker; the test plays the aggregates and the sinks. */
class CatchUpTest {

  private static final String RECORDS = Topic.DAILY_RECORDS.topicName();
  private static final String MEMBERS = AggregatesGroup.INTERNAL_TOPICS.get(0).get(0);
  private static final String COUNTS = AggregatesGroup.INTERNAL_TOPICS.get(1).get(0);
  private static final String ROWS = Topic.DAILY_PU_REV.topicName();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private PlatformBroker broker;
  private Admin admin;
  private Kafka kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.startWithLogs(folder);
    for (Topic topic : Topic.AGGREGATED) {
      broker.create(topic, 1, Map.of());
    }
    admin = Admin.create(broker.endpoints().kafkaClient());
    kafka = new Kafka(broker.endpoints());
    producer = transactional("aggregates");
    producer.initTransactions();
  }

  @AfterEach
  void stop() {
    producer.close();
    kafka.close();
    admin.close();
    broker.close();
  }

  @Test
  void topicsWithoutRecordsNeedNothing() {
    CatchUp catchUp = catchUp();

    assertThat(catchUp.behind()).isEmpty();
    assertThat(catchUp.isQuiet()).isTrue();
  }

  @Test
  void whatIsBetweenTwoStagesIsNotLanded() throws Exception {
    createInternalTopics();
    long record = write(RECORDS);
    CatchUp catchUp = catchUp();
    sinksCommit(RECORDS, record);
    assertThat(behind(catchUp)).containsExactly(AggregatesGroup.ID + " " + RECORDS);

    long member = write(MEMBERS);
    commit(AggregatesGroup.ID, RECORDS, record);
    assertThat(behind(catchUp)).containsExactly(AggregatesGroup.ID + " " + MEMBERS);
    assertThat(catchUp.isQuiet()).isFalse();

    long count = write(COUNTS);
    commit(AggregatesGroup.ID, MEMBERS, member);
    assertThat(behind(catchUp)).containsExactly(AggregatesGroup.ID + " " + COUNTS);

    long row = write(ROWS);
    commit(AggregatesGroup.ID, COUNTS, count);
    assertThat(behind(catchUp))
        .containsExactlyInAnyOrder(
            "connect-cassandra-daily-report " + ROWS, "connect-postgres-daily-report " + ROWS);

    sinksCommit(ROWS, row);
    assertThat(catchUp.behind()).isEmpty();
    assertThat(catchUp.isQuiet()).isTrue();
  }

  @Test
  void whatIsWrittenLaterIsNotWaitedFor() throws Exception {
    createInternalTopics();
    long record = write(RECORDS);
    CatchUp catchUp = catchUp();
    commit(AggregatesGroup.ID, RECORDS, record);
    sinksCommit(RECORDS, record);
    long row = write(ROWS);
    assertThat(behind(catchUp)).hasSize(2);

    write(RECORDS);
    write(MEMBERS);
    write(ROWS);
    sinksCommit(ROWS, row);

    assertThat(catchUp.behind()).isEmpty();
    assertThat(catchUp.isQuiet()).isFalse();
  }

  @Test
  void rowsOfATransactionThatGoesOnAreWaitedFor() throws Exception {
    CatchUp catchUp = catchUp();
    producer.beginTransaction();
    send(producer, ROWS);
    assertThat(behind(catchUp)).hasSize(2);

    producer.abortTransaction();

    await("nothing but markers is left").atMost(LIMIT).until(() -> catchUp.behind().isEmpty());
  }

  @Test
  void aggregatesThatBeginAnewAreWaitedForAgain() throws Exception {
    long record = write(RECORDS);
    CatchUp catchUp = catchUp();
    commit(AggregatesGroup.ID, RECORDS, record);
    sinksCommit(RECORDS, record);
    assertThat(catchUp.behind()).isEmpty();

    admin.deleteConsumerGroups(List.of(AggregatesGroup.ID)).all().get(30, TimeUnit.SECONDS);
    assertThat(catchUp.behind())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.state()).isEqualTo(GroupState.DEAD);
              assertThat(one.committed()).isNull();
            });
    long row = write(ROWS);
    commit(AggregatesGroup.ID, RECORDS, record);

    assertThat(behind(catchUp)).hasSize(2).allMatch(one -> one.endsWith(ROWS));
    sinksCommit(ROWS, row);
    assertThat(catchUp.behind()).isEmpty();
  }

  @Test
  void aGroupThatNoMemberIsInIsNamedSo() throws Exception {
    write(RECORDS);
    commit(AggregatesGroup.ID, RECORDS, 0);

    assertThat(catchUp().behind())
        .filteredOn(one -> one.group().equals(ConsumerGroup.AGGREGATES))
        .extracting(Behind::state)
        .containsExactly(GroupState.EMPTY);
  }

  @Test
  void manyMarkersBehindTheLastRecordAreNoWork() throws Exception {
    long record = write(RECORDS);
    for (int i = 0; i < 50; i++) {
      producer.beginTransaction();
      send(producer, RECORDS);
      producer.abortTransaction();
    }
    CatchUp catchUp = catchUp();
    commit(AggregatesGroup.ID, RECORDS, record);
    sinksCommit(RECORDS, record - 1);
    assertThat(behind(catchUp)).containsExactly("connect-cassandra-daily-records " + RECORDS);

    sinksCommit(RECORDS, record);

    assertThat(catchUp.behind()).isEmpty();
  }

  private CatchUp catchUp() {
    return new CatchUp(kafka, kafka.endOffsets(kafka.partitions(Topic.LOGS)));
  }

  private static List<String> behind(CatchUp catchUp) {
    return catchUp.behind().stream()
        .map(one -> one.group().id() + " " + one.partition().topic())
        .toList();
  }

  private void createInternalTopics() throws Exception {
    List<String> names = AggregatesGroup.INTERNAL_TOPICS.stream().flatMap(List::stream).toList();
    admin
        .createTopics(names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  /** Writes a record in a transaction of its own, and returns the offset behind it. */
  private long write(String topic) throws Exception {
    producer.beginTransaction();
    long behind = send(producer, topic);
    producer.commitTransaction();
    // The coordinator answers before it has written the transaction's markers.
    TopicPartition partition = new TopicPartition(topic, 0);
    await("the record to be delivered")
        .atMost(LIMIT)
        .until(() -> kafka.endOffsets(List.of(partition)).get(partition) >= behind);
    return behind;
  }

  private static long send(KafkaProducer<byte[], byte[]> producer, String topic) throws Exception {
    return producer
            .send(new ProducerRecord<>(topic, 0, new byte[] {1}, new byte[] {2}))
            .get(30, TimeUnit.SECONDS)
            .offset()
        + 1;
  }

  private void sinksCommit(String topic, long offset) throws Exception {
    Stream<ConsumerGroup> readers =
        ConsumerGroup.sinks().stream().filter(sink -> sink.reads(topic));
    for (ConsumerGroup sink : readers.toList()) {
      commit(sink.id(), topic, offset);
    }
  }

  private void commit(String group, String topic, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  private KafkaProducer<byte[], byte[]> transactional(String id) {
    Map<String, Object> settings = broker.endpoints().kafkaClient();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
