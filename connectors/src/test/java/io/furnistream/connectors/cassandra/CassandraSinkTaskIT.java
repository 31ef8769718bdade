package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.connectors.sink.FakeWorker;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task against a real Cassandra; records are made by hand. */
@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class CassandraSinkTaskIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Schema KEY =
      SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .field("amount", Schema.OPTIONAL_INT32_SCHEMA)
          .field("note", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  /** One table for all tests, as tables take long to create and drop: ids say whose row it is. */
  private static final String TABLE = "it_rows";

  private static RealCassandra cassandra;
  private static CqlSession session;

  private final List<CassandraSinkTask> tasks = new ArrayList<>();
  private final FakeTopics topics = new FakeTopics();
  private String topic;
  private TopicPartition partition;
  private FakeWorker worker;

  @TempDir private static Path folder;

  @BeforeAll
  static void migrate() throws IOException, InterruptedException {
    cassandra = RealCassandra.start(folder);
    session = cassandra.session();
    for (int time = 0; time < 2; time++) {
      RealCassandra.applyAll(session, Path.of("cassandra"));
    }
    createTable(TABLE);
  }

  @AfterAll
  static void disconnect() {
    session.close();
    cassandra.close();
  }

  @BeforeEach
  void makeTopic() {
    topic = "it_" + UUID.randomUUID().toString().replace("-", "");
    partition = new TopicPartition(topic, 0);
    worker = new FakeWorker(List.of(partition));
    topics.make(topic, 0);
  }

  @AfterEach
  void stopTasks() {
    tasks.forEach(CassandraSinkTask::stop);
  }

  @Test
  void everyTypeReadsBackExactly() {
    String types = topic + "_types";
    session.execute(
        "CREATE TABLE furniture."
            + types
            + " (id uuid PRIMARY KEY, tiny tinyint, small smallint, whole int, big bigint, f float,"
            + " d double, flag boolean, money decimal, huge varint, words text, plain ascii,"
            + " day date, at timestamp, bytes blob, made timeuuid)");
    Schema schema =
        SchemaBuilder.struct()
            .field("tiny", Schema.INT8_SCHEMA)
            .field("small", Schema.INT16_SCHEMA)
            .field("whole", Schema.INT32_SCHEMA)
            .field("big", Schema.INT64_SCHEMA)
            .field("f", Schema.FLOAT32_SCHEMA)
            .field("d", Schema.FLOAT64_SCHEMA)
            .field("flag", Schema.BOOLEAN_SCHEMA)
            .field("money", Decimal.schema(4))
            .field("huge", Decimal.schema(0))
            .field("words", Schema.STRING_SCHEMA)
            .field("plain", Schema.STRING_SCHEMA)
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .field("made", Schema.STRING_SCHEMA)
            .field("not_a_column", Schema.STRING_SCHEMA)
            .build();
    String id = "00112233-4455-6677-8899-aabbccddeeff";
    String made = "d2177dd0-eaa2-11de-a572-001b779c76e3";
    BigInteger huge = BigInteger.TWO.pow(100);
    Struct value =
        new Struct(schema)
            .put("tiny", Byte.MIN_VALUE)
            .put("small", Short.MAX_VALUE)
            .put("whole", Integer.MIN_VALUE)
            .put("big", Long.MAX_VALUE)
            .put("f", 0.1f)
            .put("d", 0.1)
            .put("flag", true)
            .put("money", new BigDecimal("-9999999999999999999999999999999999.9990"))
            .put("huge", new BigDecimal(huge))
            .put("words", "Café ☂")
            .put("plain", "plain")
            .put("day", new Date(-86_400_000L))
            .put("at", new Date(1_451_606_399_999L))
            .put("bytes", new byte[] {0, -1})
            .put("made", made)
            .put("not_a_column", "left out");

    task(Map.of("topic." + topic + ".furniture." + types + ".mapping", "*"))
        .put(
            List.of(
                new SinkRecord(topic, 0, KEY, new Struct(KEY).put("id", id), schema, value, 0)));

    Row row = session.execute("SELECT * FROM furniture." + types).one();
    session.execute("DROP TABLE furniture." + types);
    assertThat(row.getUuid("id")).hasToString(id);
    assertThat(row.getByte("tiny")).isEqualTo(Byte.MIN_VALUE);
    assertThat(row.getShort("small")).isEqualTo(Short.MAX_VALUE);
    assertThat(row.getInt("whole")).isEqualTo(Integer.MIN_VALUE);
    assertThat(row.getLong("big")).isEqualTo(Long.MAX_VALUE);
    assertThat(row.getFloat("f")).isEqualTo(0.1f);
    assertThat(row.getDouble("d")).isEqualTo(0.1);
    assertThat(row.getBoolean("flag")).isTrue();
    assertThat(row.getBigDecimal("money"))
        .isEqualTo(new BigDecimal("-9999999999999999999999999999999999.9990"));
    assertThat(row.getBigInteger("huge")).isEqualTo(huge);
    assertThat(row.getString("words")).isEqualTo("Café ☂");
    assertThat(row.getString("plain")).isEqualTo("plain");
    assertThat(row.getLocalDate("day")).isEqualTo(LocalDate.of(1969, 12, 31));
    assertThat(row.getInstant("at")).isEqualTo(Instant.parse("2015-12-31T23:59:59.999Z"));
    assertThat(row.getByteBuffer("bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    assertThat(row.getUuid("made")).hasToString(made);
  }

  @Test
  void aFieldInKeyAndValueFillsThePrimaryKeyFromTheKeyAndOtherColumnsFromTheValue() {
    Schema schema =
        SchemaBuilder.struct()
            .field("id", Schema.STRING_SCHEMA)
            .field("note", Schema.STRING_SCHEMA)
            .build();
    Struct key = new Struct(schema).put("id", topic + "a").put("note", "of the key");
    Struct value = new Struct(schema).put("id", topic + "b").put("note", "of the value");

    task().put(List.of(new SinkRecord(topic, 0, schema, key, schema, value, 0)));

    Row row =
        session.execute("SELECT note FROM furniture." + TABLE + " WHERE id = ?", topic + "a").one();
    assertThat(row.getString("note")).isEqualTo("of the value");
  }

  @Test
  void mapsNamedFieldsIntoSeveralTables() {
    String other = topic + "_other";
    session.execute("CREATE TABLE furniture." + other + " (who text PRIMARY KEY, total bigint)");

    task(Map.of(
            "topic." + topic + ".furniture." + TABLE + ".mapping",
            "*",
            "topic." + topic + ".furniture." + other + ".mapping",
            "who=key.id, total=value.amount"))
        .put(List.of(insert(0, "a", 5, "x")));

    Row row = session.execute("SELECT who, total FROM furniture." + other).one();
    session.execute("DROP TABLE furniture." + other);
    assertThat(row.getString("who")).isEqualTo(topic + "a");
    assertThat(row.getLong("total")).isEqualTo(5);
    assertThat(rows()).isEqualTo(Map.of("a", "5 x"));
  }

  /** The position is the one in Kafka, whatever topic a transform gave the record. */
  @Test
  void rowsNamedByPositionExistForEachRecordAndTombstone() {
    String refused = topic + "_refused";
    session.execute(
        "CREATE TABLE furniture."
            + refused
            + " (day date, topic text, incarnation text, part int, at bigint, time timestamp, rule text, id text,"
            + " amount int, PRIMARY KEY ((day, topic), part, at))");
    CassandraSinkTask task =
        task(
            Map.of(
                "topic.routed.furniture." + refused + ".mapping",
                "*, day=record.date, topic=record.topic, incarnation=record.topic_id, part=record.partition, at=record.offset,"
                    + " time=record.timestamp, rule=header.screen.rule"));
    long time = Instant.parse("2023-12-31T23:59:59.999Z").toEpochMilli();

    // Delivered twice, as after a crash.
    for (int delivery = 0; delivery < 2; delivery++) {
      task.put(
          List.of(
              routed(insert(7, "a", 5, "x"), "amount", time),
              routed(insert(8, "a", 6, "y"), null, time),
              routed(tombstone(9, "a"), "key", time)));
    }

    List<String> rows =
        session
            .execute(
                "SELECT * FROM furniture." + refused + " WHERE day = ? AND topic = ?",
                LocalDate.parse("2023-12-31"),
                topic)
            .all()
            .stream()
            .map(
                row ->
                    List.of(
                            row.getInt("part"),
                            row.getLong("at"),
                            String.valueOf(row.getInstant("time")),
                            String.valueOf(row.getString("rule")),
                            row.getString("id").substring(topic.length()),
                            String.valueOf(row.getObject("amount")))
                        .toString())
            .toList();
    List<String> incarnations =
        session.execute("SELECT incarnation FROM furniture." + refused).all().stream()
            .map(row -> row.getString("incarnation"))
            .distinct()
            .toList();
    session.execute("DROP TABLE furniture." + refused);
    assertThat(incarnations).containsExactly(topics.ids(Set.of(topic)).get(topic).toString());
    assertThat(rows)
        .containsExactly(
            "[0, 7, 2023-12-31T23:59:59.999Z, amount, a, 5]",
            "[0, 8, 2023-12-31T23:59:59.999Z, null, a, 6]",
            "[0, 9, 2023-12-31T23:59:59.999Z, key, a, null]");
  }

  @Test
  void readsRecordsWithoutSchemas() {
    task()
        .put(
            List.of(
                new SinkRecord(
                    topic,
                    0,
                    null,
                    Map.of("id", topic + "a"),
                    null,
                    Map.of("amount", 5L, "note", "x"),
                    0)));

    assertThat(rows()).isEqualTo(Map.of("a", "5 x"));
  }

  @Test
  void aCorrectionToNullErasesTheOldValue() {
    CassandraSinkTask task = task();

    task.put(List.of(insert(0, "a", 5, "x")));
    task.put(List.of(insert(1, "a", 5, null)));

    assertThat(rows()).isEqualTo(Map.of("a", "5 null"));
  }

  @Test
  void nullToUnsetLeavesTheOldValue() {
    CassandraSinkTask task =
        task(
            Map.of(
                "topic." + topic + ".furniture." + TABLE + ".mapping", "*",
                "topic." + topic + ".furniture." + TABLE + ".nullToUnset", "true"));

    task.put(List.of(insert(0, "a", 5, "x")));
    task.put(List.of(insert(1, "a", 6, null)));

    assertThat(rows()).isEqualTo(Map.of("a", "6 x"));
  }

  @Test
  void aTombstoneDeletesTheRow() {
    CassandraSinkTask task = task();
    task.put(List.of(insert(0, "a", 5, "x"), insert(1, "b", 6, "y")));

    task.put(List.of(tombstone(2, "a")));

    assertThat(rows()).isEqualTo(Map.of("b", "6 y"));
  }

  @Test
  void aTombstoneIsPassedOverWhereDeletesAreOff() {
    CassandraSinkTask task =
        task(
            Map.of(
                "topic." + topic + ".furniture." + TABLE + ".mapping", "*",
                "topic." + topic + ".furniture." + TABLE + ".deletesEnabled", "false"));

    task.put(List.of(insert(0, "a", 5, "x"), tombstone(1, "a")));

    assertThat(rows()).isEqualTo(Map.of("a", "5 x"));
    assertThat(worker.errant()).isEmpty();
  }

  @Test
  void ofManyUpdatesInOneBatchTheLastWins() {
    CassandraSinkTask task = task();
    List<SinkRecord> batch =
        LongStream.range(0, 2_000).mapToObj(o -> insert(o, "k" + o % 10, (int) o, "n")).toList();

    task.put(batch);

    Map<String, String> expected = new HashMap<>();
    IntStream.range(0, 10).forEach(i -> expected.put("k" + i, (1_990 + i) + " n"));
    assertThat(rows()).isEqualTo(expected);
  }

  @Test
  void insertsAndDeletesInOneBatchEndAsInKafka() {
    // The last operation of each key is decided by a loop over the batch, not by the sink.
    Random random = new Random(7);
    List<SinkRecord> batch = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    for (int offset = 0; offset < 3_000; offset++) {
      String id = "k" + random.nextInt(40);
      if (random.nextInt(3) == 0) {
        batch.add(tombstone(offset, id));
        expected.remove(id);
      } else {
        batch.add(insert(offset, id, offset, "n"));
        expected.put(id, offset + " n");
      }
    }
    List<SinkRecord> shuffled = new ArrayList<>(batch);
    Collections.shuffle(shuffled, random);
    CassandraSinkTask task = task();

    task.put(batch);
    assertThat(rows()).isEqualTo(expected);

    task.open(List.of(partition));
    task.put(batch.subList(0, 1_000));
    task.open(List.of(partition));
    task.put(shuffled);
    assertThat(rows()).as("after redelivery in another order").isEqualTo(expected);
  }

  @Test
  void anOldBatchDeliveredAgainByAnotherTaskChangesNothing() {
    CassandraSinkTask zombie = task();
    zombie.put(List.of(insert(0, "a", 1, "x"), insert(1, "b", 1, "x")));
    CassandraSinkTask owner = task();
    owner.put(List.of(insert(2, "a", 2, "y"), tombstone(3, "b")));

    zombie.open(List.of(partition));
    zombie.put(List.of(insert(0, "a", 1, "x"), insert(1, "b", 1, "x")));

    assertThat(rows()).isEqualTo(Map.of("a", "2 y"));
  }

  @Test
  void aTopicCreatedAgainIsReadFromItsBeginningAndWins() {
    topics.make(topic, 5_000);
    CassandraSinkTask task = task();
    task.put(List.of(insert(4_998, "a", 1, "old"), insert(4_999, "b", 1, "old")));

    topics.make(topic, 3);
    task.put(List.of(insert(2, "a", 2, "skipped: the id was another when this was fetched")));
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 0L));
    assertThat(rows()).isEqualTo(Map.of("a", "1 old", "b", "1 old"));

    task.put(List.of(insert(0, "a", 3, "new"), tombstone(1, "b"), insert(2, "c", 3, "new")));
    assertThat(worker.takeRewinds()).isEmpty();
    assertThat(rows()).isEqualTo(Map.of("a", "3 new", "c", "3 new"));
  }

  @Test
  void aTopicCreatedAgainWinsThoughTheClockWasSetBack() {
    topics.make(topic, 5_000);
    task().put(List.of(insert(4_999, "a", 1, "old")));

    topics.make(topic, 0);
    InstantSource hourAgo = () -> Instant.now().minus(Duration.ofHours(1));
    task(byName(), topics, worker, hourAgo).put(List.of(insert(0, "a", 2, "new")));

    assertThat(rows()).isEqualTo(Map.of("a", "2 new"));
  }

  @Test
  void aTopicCreatedAgainWinsThoughItsPredecessorGrewFasterThanTheClock() {
    CassandraSinkTask task = task();
    task.put(List.of(insert(0, "a", 1, "old")));
    // More records than microseconds have gone by.
    long far = Duration.ofMinutes(10).toNanos() / 1_000;
    task.put(List.of(insert(far, "a", 1, "older")));
    long ceiling = stampRow().getLong("ceiling");
    assertThat(ceiling).isGreaterThanOrEqualTo(stampRow().getLong("base") + far);

    topics.make(topic, 0);
    task().put(List.of(insert(0, "a", 2, "new")));

    assertThat(rows()).isEqualTo(Map.of("a", "2 new"));
  }

  @Test
  void aTaskThatHasNotHeardOfTheNewTopicLosesAndCannotGoOn() {
    FakeTopics before = topics.stale();
    CassandraSinkTask zombie = task(byName(), before, worker, InstantSource.system());
    zombie.put(List.of(insert(0, "a", 1, "old")));
    topics.make(topic, 0);
    CassandraSinkTask owner = task();
    owner.put(List.of(insert(0, "a", 2, "new")));

    zombie.put(List.of(insert(1, "a", 1, "older")));
    assertThat(rows()).isEqualTo(Map.of("a", "2 new"));

    // Beyond what it has reserved it must ask, and so must a task that has just started.
    assertThatThrownBy(() -> zombie.put(List.of(insert(2_000_000, "a", 1, "oldest"))))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("successor");
    CassandraSinkTask late = task(byName(), before, worker, InstantSource.system());
    assertThatThrownBy(() -> late.put(List.of(insert(2, "a", 1, "old"))))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("successor");
    assertThat(rows()).isEqualTo(Map.of("a", "2 new"));
  }

  @Test
  void stampsAreInThePastSoThatACorrectionByHandTakesEffect() {
    topics.make(topic, 1_000);
    task().put(List.of(insert(999, "a", 1, "by Kafka")));
    Row row =
        session
            .execute(
                "SELECT writetime(note) AS stamp FROM furniture." + TABLE + " WHERE id = ?",
                topic + "a")
            .one();
    long now = Instant.now().toEpochMilli() * 1_000;
    assertThat(row.getLong("stamp")).isBetween(now - Duration.ofMinutes(1).toMillis() * 1_000, now);

    session.execute(
        "UPDATE furniture." + TABLE + " SET note = 'by hand' WHERE id = ?", topic + "a");

    assertThat(rows()).isEqualTo(Map.of("a", "1 by hand"));
  }

  @Test
  void aBaseThatIsDeletedByHandIsRegisteredAgainAboveTheOldOne() {
    task().put(List.of(insert(0, "a", 1, "x")));
    session.execute("DELETE FROM furniture." + TABLE + " WHERE id = ?", topic + "a");
    task().put(List.of(insert(1, "a", 1, "hidden by the deletion")));
    assertThat(rows()).isEmpty();

    session.execute(
        "DELETE FROM furniture.sink_stamps WHERE topic = ? AND topic_id = ? IF EXISTS",
        topic,
        stampRow().getString("topic_id"));
    task().put(List.of(insert(1, "a", 1, "seen again")));

    assertThat(rows()).isEqualTo(Map.of("a", "1 seen again"));
  }

  @Test
  void aLogThatLostRecordsIsReadAnewUnderABaseAboveThem() {
    task().put(LongStream.range(0, 100).mapToObj(o -> insert(o, "k" + o % 5, 1, "old")).toList());
    long base = stampRow().getLong("base");
    topics.cut(partition, 90);

    CassandraSinkTask task = task();
    task.put(List.of(insert(89, "k4", 1, "old")));
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 0L));
    assertThat(stampRow().getLong("base")).isGreaterThan(base + 99);

    topics.cut(partition, 93);
    task.put(List.of(insert(90, "k0", 2, "new"), tombstone(91, "k1"), insert(92, "k2", 2, "new")));
    assertThat(worker.takeRewinds()).isEmpty();
    assertThat(rows())
        .isEqualTo(Map.of("k0", "2 new", "k2", "2 new", "k3", "1 old", "k4", "1 old"));
    assertThat(stampRow().getInt("truncations")).isOne();
  }

  /** The batch comes again with the cut already found, and perhaps with the base replaced. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aCutIsNotForgottenWhenKafkaIsSilentOnce(int answers) {
    task().put(List.of(insert(89, "a", 1, "kept"), insert(99, "a", 2, "lost")));
    topics.cut(partition, 90);
    CassandraSinkTask task = task();
    List<SinkRecord> batch = List.of(insert(89, "a", 1, "kept"));

    topics.silentOnce(answers);
    assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
    task.put(batch);

    assertReadAgainUnderANewBase(task);
  }

  /** It goes away between what Kafka says and the replacement of the base. */
  @Test
  void aCutIsNotForgottenWhenCassandraGoesAway() {
    task().put(List.of(insert(89, "a", 1, "kept"), insert(99, "a", 2, "lost")));
    topics.cut(partition, 90);
    CassandraSinkTask task = task();

    topics.when(3, cassandra::kill);
    int retries = worker.deliver(task, List.of(insert(89, "a", 1, "kept")), PATIENCE);
    cassandra.awaitStart();
    assertThat(retries).as("the task asked for another try").isPositive();
    Awaitility.await("the test's own session")
        .ignoreExceptionsInstanceOf(AllNodesFailedException.class)
        .until(() -> rows().size() == 1);

    assertReadAgainUnderANewBase(task);
  }

  private void assertReadAgainUnderANewBase(CassandraSinkTask task) {
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 0L));
    assertThat(rows()).as("nothing is written before").isEqualTo(Map.of("a", "2 lost"));
    task.put(List.of(insert(89, "a", 1, "kept")));
    assertThat(worker.takeRewinds()).isEmpty();
    assertThat(rows()).isEqualTo(Map.of("a", "1 kept"));
    assertThat(stampRow().getInt("truncations")).isOne();
  }

  /** One topic's base is found replaced, and another one's cannot be agreed at first. */
  @Test
  void aReplacedBaseIsNotForgottenWhenKafkaIsSilentAboutAnotherTopic() {
    SinkRecord kept = insert(89, "a", 1, "kept");
    task().put(List.of(insert(99, "a", 2, "lost")));
    topics.cut(partition, 90);
    task().put(List.of(kept));

    // Whichever is looked at first: the last of so many is most likely not before it.
    Set<TopicPartition> all = makeTopics(19);
    List<SinkRecord> batch = new ArrayList<>(inEach(all, insert(0, "b", 1, "new")));
    all.add(ConsumerPositions.partition(kept));
    batch.add(kept);
    FakeWorker latecomer = new FakeWorker(all);
    CassandraSinkTask task = taskOf(latecomer);
    topics.silentOnce(19);
    assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
    task.put(batch);

    assertThat(latecomer.takeRewinds().keySet()).isEqualTo(all);
  }

  private Set<TopicPartition> makeTopics(int number) {
    Set<TopicPartition> made = new HashSet<>();
    for (int i = 0; i < number; i++) {
      makeTopic();
      made.add(partition);
    }
    return made;
  }

  /** Another leader's log may have grown beyond what was lost before the sink looks. */
  @Test
  void aConsumerThatIsTakenBackByKafkaWritesUnderANewBase() {
    CassandraSinkTask task = task();
    task.put(
        List.of(insert(0, "a", 1, "kept"), insert(1, "a", 2, "lost"), insert(2, "b", 2, "lost")));

    List<SinkRecord> again = List.of(insert(1, "b", 3, "new"), insert(2, "c", 3, "new"));
    task.put(again);
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 0L));
    assertThat(rows()).isEqualTo(Map.of("a", "2 lost", "b", "2 lost"));

    task.put(List.of(insert(0, "a", 1, "kept"), again.get(0), again.get(1)));
    assertThat(worker.takeRewinds()).isEmpty();
    assertThat(rows()).isEqualTo(Map.of("a", "1 kept", "b", "3 new", "c", "3 new"));
  }

  @Test
  void partitionsThatAreCutOneAfterTheOtherEachGetABaseAboveWhatTheyLost() {
    TopicPartition other = new TopicPartition(topic, 1);
    CassandraSinkTask first = task();
    FakeWorker secondsWorker = new FakeWorker(List.of(other));
    CassandraSinkTask second = task(byName(), topics, secondsWorker, InstantSource.system());
    first.put(List.of(insert(50, "a", 1, "lost")));
    second.put(List.of(in(other, insert(70, "b", 1, "lost"))));

    topics.cut(partition, 10);
    first.open(List.of(partition));
    first.put(List.of(insert(9, "a", 0, "kept")));
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 0L));
    topics.cut(partition, 12);
    first.put(List.of(insert(10, "a", 2, "new")));

    // The other task goes on under its base until its own partition is cut, too.
    second.put(List.of(in(other, insert(71, "b", 1, "lost later"))));
    topics.cut(other, 20);
    second.open(List.of(other));
    second.put(List.of(in(other, insert(19, "b", 0, "kept"))));
    assertThat(secondsWorker.takeRewinds())
        .as("the stamps have changed since it was fetched")
        .isEqualTo(Map.of(other, 19L));
    second.put(List.of(in(other, insert(19, "b", 0, "kept"))));
    assertThat(secondsWorker.takeRewinds()).isEqualTo(Map.of(other, 0L));
    topics.cut(other, 22);
    second.put(List.of(in(other, insert(20, "b", 2, "new"))));

    assertThat(rows()).isEqualTo(Map.of("a", "2 new", "b", "2 new"));
    assertThat(stampRow().getInt("truncations")).as("the first new base is above all").isOne();

    topics.cut(other, 21);
    second.open(List.of(other));
    second.put(List.of(in(other, insert(20, "b", 2, "new"))));
    second.put(List.of(in(other, insert(20, "b", 2, "new"))));
    assertThat(stampRow().getInt("truncations")).as("a record was lost again").isEqualTo(1);
    topics.cut(other, 20);
    second.open(List.of(other));
    second.put(List.of(in(other, insert(19, "b", 0, "kept"))));
    second.put(List.of(in(other, insert(19, "b", 0, "kept"))));
    assertThat(stampRow().getInt("truncations")).isEqualTo(2);
  }

  @Test
  void aTaskThatHoldsALostRecordDoesNotWriteItUnderTheNewBase() {
    CassandraSinkTask zombie = task();
    List<SinkRecord> lost = List.of(insert(99, "a", 1, "lost"));
    zombie.put(lost);
    topics.cut(partition, 90);
    CassandraSinkTask owner = task();
    owner.put(List.of(insert(89, "b", 1, "kept")));
    topics.cut(partition, 200);
    owner.put(List.of(insert(99, "a", 2, "new")));
    worker.takeRewinds();

    zombie.put(List.of(insert(100, "a", 1, "lost too")));
    assertThat(rows()).isEqualTo(Map.of("a", "2 new"));

    // In a new session, and beyond what it had reserved, it finds the base replaced.
    zombie.open(List.of(partition));
    zombie.put(lost);
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 99L));
    CassandraSinkTask far = task();
    far.put(List.of(insert(150, "a", 3, "newer")));
    worker.takeRewinds();
    assertThat(rows()).isEqualTo(Map.of("a", "2 new"));
    far.put(List.of(insert(150, "a", 3, "newer")));
    assertThat(rows()).isEqualTo(Map.of("a", "3 newer"));
  }

  @Test
  void aZombieThatRunsOutOfStampsFetchesItsBatchAgain() {
    CassandraSinkTask zombie = task();
    zombie.put(List.of(insert(99, "a", 1, "lost")));
    topics.cut(partition, 90);
    CassandraSinkTask owner = task();
    owner.put(List.of(insert(89, "b", 1, "kept")));
    worker.takeRewinds();

    zombie.put(List.of(insert(3_000_000, "a", 1, "lost too")));

    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 3_000_000L));
    assertThat(rows()).isEqualTo(Map.of("a", "1 lost"));
  }

  /** The end offset is asked for between reading the predecessor's ceiling and registering. */
  @Test
  void aSuccessorIsAboveWhatItsPredecessorReservedWhileItRegistered() {
    StampRegistry registry =
        new StampRegistry(session, "furniture", InstantSource.system(), StampConsistency.SERIAL);
    Uuid predecessor = Uuid.randomUuid();
    WriteStamps old = registry.claim(topic, predecessor, () -> 0);
    long far = Duration.ofDays(1).toNanos() / 1_000;
    List<WriteStamps> raised = new ArrayList<>();

    WriteStamps successor =
        registry.claim(
            topic,
            Uuid.randomUuid(),
            () -> {
              if (raised.isEmpty()) {
                raised.add(registry.raise(old, far));
              }
              return 0;
            });

    assertThat(raised.get(0).covers(far)).isTrue();
    assertThat(successor.base()).isGreaterThan(raised.get(0).ceiling());
  }

  /** Tables of before V003 have neither of its columns filled. */
  @Test
  void rowsOfAnOlderSinkGoOn() {
    task().put(List.of(insert(0, "a", 1, "x")));
    Row row = stampRow();
    session.execute(
        "UPDATE furniture.sink_stamps SET highest = null, truncations = null WHERE topic = ? AND"
            + " topic_id = ? IF current_id = ?",
        topic,
        row.getString("topic_id"),
        row.getString("topic_id"));

    CassandraSinkTask task = task();
    task.put(List.of(insert(1, "a", 2, "y")));
    assertThat(stampRow().getLong("base")).isEqualTo(row.getLong("base"));
    topics.make(topic, 0);
    CassandraSinkTask successor = task();
    successor.put(List.of(insert(0, "a", 3, "z")));

    assertThat(rows()).isEqualTo(Map.of("a", "3 z"));
    assertThat(stampRow().getLong("base")).isGreaterThan(row.getLong("ceiling"));
  }

  @Test
  void oneDatacenterMayAgreeByItself() {
    Map<String, String> local = new HashMap<>(byName());
    local.put("stampConsistency", "LOCAL_SERIAL");

    task(local).put(List.of(insert(0, "a", 1, "x")));

    assertThat(rows()).isEqualTo(Map.of("a", "1 x"));
  }

  @Test
  void tasksThatStartTogetherAgreeOnOneBase() {
    List<CassandraSinkTask> together = IntStream.range(0, 4).mapToObj(i -> task()).toList();

    List<CompletableFuture<Integer>> deliveries =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            new FakeWorker(List.of(partition))
                                .deliver(
                                    together.get(i),
                                    List.of(insert(i, "k" + i, i, "n")),
                                    PATIENCE)))
            .toList();
    deliveries.forEach(CompletableFuture::join);

    long base = stampRow().getLong("base");
    Map<String, Long> stamps = new HashMap<>();
    for (Row row : session.execute("SELECT id, writetime(note) AS stamp FROM furniture." + TABLE)) {
      if (row.getString("id").startsWith(topic)) {
        stamps.put(shortId(row), row.getLong("stamp"));
      }
    }
    assertThat(stamps)
        .isEqualTo(Map.of("k0", base, "k1", base + 1, "k2", base + 2, "k3", base + 3));
  }

  @Test
  void anIdNotKnownWhenABatchWasFetchedSendsTheConsumerBackToIt() {
    topics.silent(true);
    CassandraSinkTask task = task();
    List<SinkRecord> batch = List.of(insert(7, "a", 1, "x"), insert(8, "b", 1, "x"));

    assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
    assertThat(worker.retryTimeout()).isPositive();
    topics.silent(false);
    task.put(batch);
    assertThat(worker.takeRewinds()).isEqualTo(Map.of(partition, 7L));
    assertThat(rows()).isEmpty();

    task.put(batch);
    assertThat(rows()).isEqualTo(Map.of("a", "1 x", "b", "1 x"));
  }

  @Test
  void commitsOnlyOffsetsOfTheIncarnationThatWasWritten() {
    CassandraSinkTask task = task();
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(1));
    task.put(List.of(insert(0, "a", 1, "x")));
    assertThat(task.preCommit(offsets)).isEqualTo(offsets);

    topics.silent(true);
    assertThat(task.preCommit(offsets)).isEmpty();
    topics.silent(false);
    topics.make(topic, 1);
    assertThat(task.preCommit(offsets)).as("the topic was created again").isEmpty();

    task.put(List.of(insert(0, "a", 2, "y")));
    assertThat(task.preCommit(offsets)).as("the consumer is still to be sent back").isEmpty();
    task.put(List.of());
    assertThat(task.preCommit(offsets)).isEqualTo(offsets);
  }

  @Test
  void reportsRecordsAtFaultAndLandsTheRest() {
    Schema wrong = SchemaBuilder.struct().field("amount", Schema.STRING_SCHEMA).build();
    Schema big = SchemaBuilder.struct().field("amount", Schema.INT64_SCHEMA).build();
    SinkRecord wrongType =
        new SinkRecord(topic, 0, KEY, key("w"), wrong, new Struct(wrong).put("amount", "5"), 1);
    SinkRecord outOfRange =
        new SinkRecord(topic, 0, KEY, key("r"), big, new Struct(big).put("amount", 1L << 31), 2);
    SinkRecord noKey = new SinkRecord(topic, 0, null, null, VALUE, value(1, "x"), 3);
    SinkRecord noKeyTombstone = new SinkRecord(topic, 0, null, null, null, null, 4);
    SinkRecord emptyKey = insert(5, "", 1, "refused by Cassandra itself");

    task()
        .put(
            List.of(
                insert(0, "a", 1, "x"),
                wrongType,
                outOfRange,
                noKey,
                noKeyTombstone,
                emptyKey,
                insert(6, "b", 1, "x")));

    assertThat(rows()).isEqualTo(Map.of("a", "1 x", "b", "1 x"));
    assertThat(worker.errant())
        .containsExactlyInAnyOrder(wrongType, outOfRange, noKey, noKeyTombstone, emptyKey);
    assertThat(worker.reasons())
        .allSatisfy(
            reason -> assertThat(reason).contains("topic " + topic + ", partition 0, offset"))
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .contains("offset 1:", "value.amount", "type string", "column amount", "int"))
        .anySatisfy(reason -> assertThat(reason).contains("offset 2:", "-2147483648 to 2147483647"))
        .anySatisfy(reason -> assertThat(reason).contains("offset 3:", "[id]", "primary key"))
        .anySatisfy(reason -> assertThat(reason).contains("offset 5:", "Cassandra refuses"));
  }

  @Test
  void aFaultyRecordFailsTheTaskWithoutADeadLetterTopic() {
    worker.withoutReporter();

    assertThatThrownBy(() -> task().put(List.of(insert(0, "", 1, "x"))))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("offset 0");
  }

  @Test
  void aRecordAtFaultForOneTableGoesIntoNone() {
    String other = topic + "_other";
    session.execute("CREATE TABLE furniture." + other + " (id text PRIMARY KEY, amount tinyint)");

    task(Map.of(
            "topic." + topic + ".furniture." + TABLE + ".mapping", "*",
            "topic." + topic + ".furniture." + other + ".mapping", "*"))
        .put(List.of(insert(0, "a", 1_000, "too big for a tinyint")));

    session.execute("DROP TABLE furniture." + other);
    assertThat(rows()).isEmpty();
    assertThat(worker.errant()).hasSize(1);
  }

  @Test
  void wrongConfigurationsFailTheTaskAndSayWhatToDo() {
    List<SinkRecord> batch = List.of(insert(0, "a", 1, "x"));
    String mapping = "topic." + topic + ".furniture." + TABLE + ".mapping";

    assertThatThrownBy(
            () -> task(Map.of("topic." + topic + ".furniture.no_such.mapping", "*")).put(batch))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("furniture.no_such");
    assertThatThrownBy(() -> task(Map.of("topic." + topic + ".nowhere.t.mapping", "*")).put(batch))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nowhere.t");
    assertThatThrownBy(() -> task(Map.of(mapping, "amount=value.amount")).put(batch))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(mapping)
        .hasMessageContaining("missing [id]");
    assertThatThrownBy(() -> task(Map.of(mapping, "id=key.id,price=value.amount")).put(batch))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(mapping)
        .hasMessageContaining("price");
    assertThatThrownBy(
            () -> task(Map.of(mapping, "*", "loadBalancing.localDc", "elsewhere")).put(batch))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("loadBalancing.localDc")
        .hasMessageContaining("elsewhere")
        .hasMessageContaining(RealCassandra.DATACENTER);
    assertThat(worker.errant()).isEmpty();
  }

  @Test
  void aTableDroppedUnderTheTaskFailsItAndDeadLettersNothing() {
    String dropped = topic + "_dropped";
    createTable(dropped);
    CassandraSinkTask task =
        task(Map.of("topic." + topic + ".furniture." + dropped + ".mapping", "*"));
    task.put(List.of(insert(0, "a", 1, "x")));
    dropTable(dropped);

    assertThatThrownBy(() -> task.put(List.of(insert(1, "a", 2, "y"))))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("furniture." + dropped);
    assertThat(worker.errant()).isEmpty();
  }

  @Test
  void aCassandraThatIsNotThereYetIsWaitedFor() {
    CassandraSinkTask task = task(Map.of("contactPoints", "127.0.0.1:1"));

    assertThatThrownBy(() -> task.put(List.of(insert(0, "a", 1, "x"))))
        .isInstanceOf(RetriableException.class);
    assertThat(worker.retryTimeout()).isPositive();
    assertThat(worker.errant()).isEmpty();
  }

  @Test
  void anOutageIsSatThrough() {
    CassandraSinkTask task = task();
    Map<String, String> expected = new HashMap<>();
    for (int offset = 0; offset < 200; offset++) {
      task.put(List.of(insert(offset, "k" + offset, offset, "before")));
      expected.put("k" + offset, offset + " before");
    }
    List<SinkRecord> batch =
        IntStream.range(200, 20_200)
            .mapToObj(o -> insert(o, "k" + (o % 500), o, "during"))
            .toList();
    batch.forEach(
        r ->
            expected.put(
                ((Struct) r.key()).getString("id").substring(topic.length()),
                ((Struct) r.value()).getInt32("amount") + " during"));

    CompletableFuture<Integer> delivery =
        CompletableFuture.supplyAsync(() -> worker.deliver(task, batch, PATIENCE));
    cassandra.kill();
    CompletableFuture<Void> restart = CompletableFuture.runAsync(cassandra::awaitStart);
    int retries = delivery.join();
    restart.join();

    assertThat(retries).as("the task asked for another try").isPositive();
    assertThat(worker.errant()).isEmpty();
    // The sink may be through before the session of this test has noticed that the node is back.
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(AllNodesFailedException.class)
        .until(() -> session.execute("SELECT key FROM system.local").one() != null);
    assertThat(rows()).isEqualTo(expected);
  }

  /** One that the node refuses is refused alone, and what came with it is there. */
  @Test
  void recordsOfAPartitionGoTogetherAndOneAtFaultCostsItself() {
    String rows = topic + "_together";
    session.execute(
        "CREATE TABLE furniture."
            + rows
            + " (day text, name text, amount int, PRIMARY KEY (day, name))");
    SentRequests.SIZES.clear();
    CassandraSinkTask task =
        task(
            Map.of(
                "topic." + topic + ".furniture." + rows + ".mapping",
                "day=value.note, name=key.id, amount=value.amount",
                "maxNumberOfRecordsInBatch",
                "4",
                "datastax-java-driver.advanced.request-tracker.classes.0",
                SentRequests.class.getName()));
    List<SinkRecord> records = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      records.add(insert(number, "n" + number, number, "monday"));
    }
    records.add(insert(6, "alone", 6, "tuesday"));
    task.put(records);

    // The driver tells its tracker of a request after whoever waits for it.
    Awaitility.await()
        .untilAsserted(() -> assertThat(SentRequests.SIZES).containsExactlyInAnyOrder(4, 2, 1));
    assertThat(worker.errant()).isEmpty();

    // A clustering key of more than 65,535 bytes.
    task.put(
        List.of(
            insert(7, "before", 7, "monday"),
            insert(8, "x".repeat(70_000), 8, "monday"),
            insert(9, "n0", 90, "monday")));

    assertThat(worker.errant()).extracting(SinkRecord::kafkaOffset).containsExactly(8L);
    Map<String, Integer> amounts = new HashMap<>();
    session
        .execute("SELECT name, amount FROM furniture." + rows)
        .forEach(
            row ->
                amounts.put(row.getString("name").substring(topic.length()), row.getInt("amount")));
    session.execute("DROP TABLE furniture." + rows);
    assertThat(amounts)
        .isEqualTo(
            Map.of("n0", 90, "n1", 1, "n2", 2, "n3", 3, "n4", 4, "n5", 5, "alone", 6, "before", 7));
  }

  private static void createTable(String table) {
    dropTable(table);
    session.execute(
        "CREATE TABLE furniture." + table + " (id text PRIMARY KEY, amount int, note text)");
  }

  private static void dropTable(String table) {
    session.execute("DROP TABLE IF EXISTS furniture." + table);
  }

  private Map<String, String> byName() {
    return Map.of("topic." + topic + ".furniture." + TABLE + ".mapping", "*");
  }

  private CassandraSinkTask task() {
    return task(byName());
  }

  private CassandraSinkTask task(Map<String, String> properties) {
    return task(properties, topics, worker, InstantSource.system());
  }

  private CassandraSinkTask task(
      Map<String, String> more, FakeTopics directory, FakeWorker context, InstantSource clock) {
    Map<String, String> properties = new HashMap<>();
    properties.put("contactPoints", cassandra.contactPoint());
    properties.put("loadBalancing.localDc", RealCassandra.DATACENTER);
    properties.put("kafka.bootstrap.servers", "unused: the test answers for the topics");
    if (more.keySet().stream().noneMatch(name -> name.startsWith("topic."))) {
      properties.putAll(byName());
    }
    properties.putAll(more);
    CassandraSinkTask task = new CassandraSinkTask(config -> directory, clock);
    tasks.add(task);
    task.initialize(context);
    task.start(properties);
    task.open(context.assignment());
    return task;
  }

  /** A task for all topics of a worker. */
  private CassandraSinkTask taskOf(FakeWorker context) {
    Map<String, String> mappings =
        context.assignment().stream()
            .collect(
                Collectors.toMap(
                    each -> "topic." + each.topic() + ".furniture." + TABLE + ".mapping",
                    each -> "*"));
    return task(mappings, topics, context, InstantSource.system());
  }

  private static List<SinkRecord> inEach(Set<TopicPartition> partitions, SinkRecord record) {
    return partitions.stream().map(each -> in(each, record)).toList();
  }

  private SinkRecord insert(long offset, String id, Integer amount, String note) {
    return new SinkRecord(topic, 0, KEY, key(id), VALUE, value(amount, note), offset);
  }

  private static SinkRecord in(TopicPartition partition, SinkRecord record) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        record.keySchema(),
        record.key(),
        record.valueSchema(),
        record.value(),
        record.kafkaOffset());
  }

  private static SinkRecord routed(SinkRecord record, String rule, long timestamp) {
    SinkRecord routed =
        record.newRecord(
            "routed",
            record.kafkaPartition(),
            record.keySchema(),
            record.key(),
            record.valueSchema(),
            record.value(),
            timestamp);
    if (rule != null) {
      routed.headers().addString("screen.rule", rule);
    }
    return routed;
  }

  private SinkRecord tombstone(long offset, String id) {
    return new SinkRecord(topic, 0, KEY, key(id), null, null, offset);
  }

  private Struct key(String id) {
    return new Struct(KEY).put("id", id.isEmpty() ? "" : topic + id);
  }

  private static Struct value(Integer amount, String note) {
    return new Struct(VALUE).put("amount", amount).put("note", note);
  }

  private Map<String, String> rows() {
    Map<String, String> rows = new HashMap<>();
    for (Row row : session.execute("SELECT id, amount, note FROM furniture." + TABLE)) {
      if (row.getString("id").startsWith(topic)) {
        rows.put(shortId(row), row.getObject("amount") + " " + row.getString("note"));
      }
    }
    return rows;
  }

  private String shortId(Row row) {
    return row.getString("id").substring(topic.length());
  }

  /** The newest row of the topic: topics of these tests have one or two. */
  private Row stampRow() {
    return session
        .execute("SELECT * FROM furniture.sink_stamps WHERE topic = ?", topic)
        .all()
        .stream()
        .filter(row -> row.getString("topic_id").equals(row.getString("current_id")))
        .findFirst()
        .orElseThrow();
  }
}
