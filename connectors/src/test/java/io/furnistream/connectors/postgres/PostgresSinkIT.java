package io.furnistream.connectors.postgres;

import static io.furnistream.connectors.postgres.TopicRecords.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.connectors.sink.FakeWorker;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sink from its packaged plugin folder, as the connector's file configures it, against the
 * migrated tables of a real PostgreSQL.
 */
class PostgresSinkIT {

  private static final int PORT_OFFSET = 19_000;
  private static final TopicRecords DAYS = new TopicRecords(Topic.DAILY_PU_REV);
  private static final TopicRecords CUSTOMERS = new TopicRecords(Topic.DAILY_CUSTOMER);
  private static final TopicRecords LEDGER = new TopicRecords(Topic.RUN_LEDGER);
  private static final TopicRecords MINUTES = new TopicRecords(Topic.SALES_BY_MINUTE);
  private static final String LEDGER_ROWS =
      "SELECT dataset, status FROM daily_report.run_ledger ORDER BY dataset";
  private static final String CUSTOMER_ROWS =
      "SELECT customer_id, orders FROM daily_report.daily_customer ORDER BY customer_id";

  private static final BigDecimal LARGEST_SUM =
      new BigDecimal("9999999999999999999999999999999999.9999");
  private static final BigDecimal LARGER = LARGEST_SUM.add(new BigDecimal("0.0001"));

  private static ReportDatabase database;
  private final FakeWorker worker = new FakeWorker(Set.of());

  @BeforeAll
  static void start() throws Exception {
    database = new ReportDatabase(PORT_OFFSET);
  }

  @AfterAll
  static void stop() throws Exception {
    if (database != null) {
      database.close();
    }
  }

  @AfterEach
  void emptyTables() throws SQLException {
    database.execute(
        "admin",
        "TRUNCATE daily_report.daily_pu_rev, daily_report.daily_customer, daily_report.run_ledger,"
            + " daily_report.sales_by_minute");
  }

  /** As when a converter waited for the registry longer than max.poll.interval.ms. */
  @Test
  void aTaskWhosePartitionsWereTakenOverWritesNothing() throws Exception {
    try (SinkPlugin zombie = new SinkPlugin(database, worker);
        SinkPlugin owner = new SinkPlugin(database, new FakeWorker(Set.of()))) {
      owner.put(
          List.of(
              LEDGER.record(1, Map.of("dataset", "a", "status", "old")),
              LEDGER.record(2, Map.of("dataset", "a", "status", "new"))));
      List<SinkRecord> old =
          List.of(
              LEDGER.record(1, Map.of("dataset", "a", "status", "old")),
              LEDGER.tombstone(0, Map.of("dataset", "a")),
              CUSTOMERS.record(1, Map.of("customer_id", "zombie's")));

      assertThatThrownBy(() -> zombie.put(old))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("Another task has taken over partition");
      assertThatThrownBy(() -> zombie.put(old.subList(1, 2)))
          .as("claimed only after the next poll")
          .isInstanceOf(RetriableException.class);
    }
    assertThat(rows(LEDGER_ROWS)).containsExactly("a|new");
    assertThat(rows(CUSTOMER_ROWS)).isEmpty();
    assertThat(worker.errant()).isEmpty();
    assertThat(worker.retryTimeout()).isPositive();
  }

  @Test
  void anOwnerThatAZombieHasFencedOffGoesOn() throws Exception {
    List<SinkRecord> batch = List.of(LEDGER.record(5, Map.of("dataset", "a", "status", "new")));
    try (SinkPlugin owner = new SinkPlugin(database, worker);
        SinkPlugin zombie = new SinkPlugin(database, new FakeWorker(Set.of()))) {
      zombie.open();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> owner.put(batch)).isInstanceOf(RetriableException.class);
      }
      owner.put(batch);
    }
    assertThat(rows(LEDGER_ROWS)).containsExactly("a|new");
  }

  /**
   * A zombie that is in the middle of its transaction is waited for, and its rows are overwritten.
   */
  @Test
  void aClaimWaitsForTheTransactionOfTheOwnerBefore() throws Exception {
    try (SinkPlugin owner = new SinkPlugin(database, worker);
        Connection zombie = database.connect("sink_writer");
        Statement statement = zombie.createStatement()) {
      zombie.setAutoCommit(false);
      statement.execute("SELECT * FROM sink.partition_owners FOR SHARE");
      CompletableFuture<Void> claim =
          CompletableFuture.runAsync(
              () -> {
                try {
                  owner.open();
                } catch (Exception e) {
                  throw new CompletionException(e);
                }
              });
      Awaitility.await()
          .until(
              () ->
                  database
                      .rows(
                          "postgres",
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                      .equals(List.of("1")));
      assertThat(claim).isNotDone();

      zombie.commit();

      claim.join();
      owner.put(List.of(LEDGER.record(5, Map.of("dataset", "a", "status", "new"))));
    }
    assertThat(rows(LEDGER_ROWS)).containsExactly("a|new");
  }

  /** As when the machine of the task before has died in the middle of its transaction. */
  @Test
  void aClaimThatIsKeptWaitingIsTriedAgain() throws Exception {
    List<SinkRecord> batch = List.of(LEDGER.record(5, Map.of("dataset", "a", "status", "new")));
    try (SinkPlugin task = new SinkPlugin(database, worker);
        Connection dead = database.connect("sink_writer");
        Statement statement = dead.createStatement()) {
      task.revoke();
      dead.setAutoCommit(false);
      statement.execute("SELECT * FROM sink.partition_owners FOR SHARE");

      assertThatThrownBy(() -> task.put(batch))
          .isInstanceOf(RetriableException.class)
          .hasStackTraceContaining("lock timeout");
      assertThat(worker.retryTimeout()).isPositive();

      dead.rollback();
      task.deliver(batch, worker);
    }
    assertThat(rows(LEDGER_ROWS)).containsExactly("a|new");
  }

  @Test
  void aTaskThatStartsInAnOutageWaitsForItsEnd() throws Exception {
    List<SinkRecord> batch = List.of(LEDGER.record(5, Map.of("dataset", "a", "status", "new")));
    database.stop();
    SinkPlugin task;
    try {
      task = new SinkPlugin(database, worker);
      assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
    } finally {
      database.start();
    }
    try (task) {
      task.deliver(batch, worker);
    }
    assertThat(rows(LEDGER_ROWS)).containsExactly("a|new");
  }

  @Test
  void aRoleThatMayNotLogInFailsTheTask() throws Exception {
    database.execute("postgres", "ALTER ROLE sink_writer NOLOGIN");
    try {
      assertThatThrownBy(() -> new SinkPlugin(database, worker).close())
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("sink_writer");
    } finally {
      database.execute("postgres", "ALTER ROLE sink_writer LOGIN");
    }
  }

  /** So that the locks of a worker whose machine has died do not outlive it. */
  @Test
  void everySessionHasLimits() throws Exception {
    database.execute(
        "admin",
        """
        CREATE FUNCTION daily_report.limits() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            RAISE EXCEPTION USING ERRCODE = '22000', MESSAGE = concat_ws(' ',
              current_setting('lock_timeout'),
              current_setting('idle_in_transaction_session_timeout'),
              current_setting('tcp_keepalives_idle'),
              current_setting('tcp_keepalives_interval'),
              current_setting('tcp_keepalives_count'));
          END $$""",
        """
        CREATE TRIGGER limits BEFORE INSERT ON daily_report.daily_customer
          FOR EACH ROW EXECUTE FUNCTION daily_report.limits()""");
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      sink.put(List.of(CUSTOMERS.record(1, Map.of("customer_id", "a"))));
    } finally {
      database.execute("admin", "DROP FUNCTION daily_report.limits() CASCADE");
    }
    assertThat(worker.reasons()).singleElement().asString().contains("30s 1min 60 10 3");
  }

  /**
   * Each with a sound record of its topic and of another before and behind it, all in one batch,
   * next to existing rows.
   */
  @Test
  void whatPostgresRefusesIsOnlyThatRecord() throws Exception {
    List<Hostile> hostile = hostile();
    List<SinkRecord> batch = new ArrayList<>();
    List<String> ledger = new ArrayList<>(List.of("before|2023-12-01", "before|2023-12-02"));
    List<String> customers = new ArrayList<>();
    for (int i = 0; i < hostile.size(); i++) {
      String sound = "sound %02d".formatted(i);
      batch.add(LEDGER.record(100 + i, Map.of("dataset", sound)));
      batch.add(hostile.get(i).record);
      batch.add(CUSTOMERS.record(100 + i, Map.of("customer_id", sound)));
      ledger.add(sound + "|2023-12-01");
      customers.add(sound + "|2");
    }
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      sink.put(
          List.of(
              LEDGER.record(1, Map.of("dataset", "before")),
              LEDGER.record(2, Map.of("dataset", "before", "ts_date", day(19_693)))));
      sink.put(batch);
    }
    assertThat(worker.errant())
        .containsExactlyElementsOf(hostile.stream().map(Hostile::record).toList());
    for (int i = 0; i < hostile.size(); i++) {
      assertThat(worker.reasons().get(i)).as(hostile.get(i).what).contains(hostile.get(i).reason);
    }
    assertThat(
            rows("SELECT dataset, ts_date FROM daily_report.run_ledger ORDER BY dataset, ts_date"))
        .containsExactlyElementsOf(ledger);
    assertThat(rows(CUSTOMER_ROWS)).containsExactlyElementsOf(customers);
    assertThat(rows("SELECT * FROM daily_report.daily_pu_rev")).isEmpty();
  }

  /** What a record is, the record, and what the reason to refuse it says. */
  private record Hostile(String what, SinkRecord record, String reason) {}

  private static List<Hostile> hostile() {
    Date beyond = day(2_147_483_647L);
    Schema alien = SchemaBuilder.struct().field("unheard_of", Schema.STRING_SCHEMA).build();
    Struct unheardOf = new Struct(alien).put("unheard_of", "of");
    Schema partKey = SchemaBuilder.struct().field("dataset", Schema.STRING_SCHEMA).build();
    Struct part = new Struct(partKey).put("dataset", "before");
    Schema textKey =
        SchemaBuilder.struct()
            .field("dataset", Schema.STRING_SCHEMA)
            .field("ts_date", Schema.STRING_SCHEMA)
            .build();
    Struct text = new Struct(textKey).put("dataset", "before").put("ts_date", "2023-12-01");
    Schema ofKey = LEDGER.keySchema();
    Struct key = LEDGER.key(Map.of());
    Schema ofValue = LEDGER.valueSchema();
    Struct value = TopicRecords.struct(ofValue, Map.of());
    return List.of(
        new Hostile("a day too late", DAYS.record(1, Map.of("ts_date", beyond)), "22008"),
        new Hostile("no row of that day", DAYS.tombstone(2, Map.of("ts_date", beyond)), "22008"),
        new Hostile("a sum too large", DAYS.record(3, Map.of("daily_rev", LARGER)), "22003"),
        new Hostile("a NUL", CUSTOMERS.record(4, Map.of("state", "a\0b")), "22021"),
        new Hostile("a long key", CUSTOMERS.record(5, Map.of("state", noise())), "54000"),
        new Hostile("a NUL in a key", LEDGER.record(6, Map.of("dataset", "a\0b")), "22021"),
        new Hostile("a long dataset", LEDGER.record(7, Map.of("dataset", noise())), "54000"),
        new Hostile("a ledger's day", LEDGER.record(8, Map.of("ts_date", beyond)), "22008"),
        new Hostile("a ledger's sum", LEDGER.record(9, Map.of("revenue", LARGER)), "22003"),
        new Hostile("another's value", LEDGER.of(10, ofKey, key, alien, unheardOf), "23502"),
        new Hostile(
            "another's key", LEDGER.of(11, alien, unheardOf, ofValue, value), "key names []"),
        new Hostile(
            "another's tombstone", LEDGER.of(12, alien, unheardOf, null, null), "key names []"),
        new Hostile("a tombstone, no key", LEDGER.of(13, null, null, null, null), "key"),
        new Hostile("no key", LEDGER.of(14, null, null, ofValue, value), "key"),
        new Hostile("no schema", LEDGER.of(15, null, Map.of("dataset", "d"), null, Map.of()), ""),
        new Hostile(
            "a text", LEDGER.of(16, ofKey, key, Schema.STRING_SCHEMA, "COMPLETE"), "String"),
        new Hostile(
            "two rows' tombstone", LEDGER.of(17, partKey, part, null, null), "key names [dataset]"),
        new Hostile(
            "a part of a key", LEDGER.of(18, partKey, part, ofValue, value), "key names [dataset]"),
        new Hostile("a date as text", LEDGER.of(19, textKey, text, ofValue, value), "42804"),
        new Hostile(
            "a tombstone's date as text", LEDGER.of(20, textKey, text, null, null), "42883"),
        // Written out, each would have two billion digits.
        new Hostile("zeros without end", scaled(21, -2_000_000_000), "22003"),
        new Hostile("places without end", scaled(22, 2_000_000_000), "overflow"));
  }

  /** A day whose revenue is declared with another scale. */
  private static SinkRecord scaled(long offset, int scale) {
    SchemaBuilder declared = SchemaBuilder.struct();
    for (Field field : DAYS.valueSchema().fields()) {
      declared.field(
          field.name(), field.name().equals("daily_rev") ? Decimal.schema(scale) : field.schema());
    }
    Schema schema = declared.build();
    Struct plain = TopicRecords.struct(DAYS.valueSchema(), Map.of());
    Struct value = new Struct(schema);
    schema.fields().forEach(field -> value.put(field, plain.get(field.name())));
    value.put("daily_rev", new BigDecimal(BigInteger.ONE, scale));
    return DAYS.of(offset, DAYS.keySchema(), DAYS.key(Map.of()), schema, value);
  }

  @Test
  void whatAnAdminForbidsRefusesOnlyThatRecord() throws Exception {
    database.execute(
        "admin",
        "CREATE UNIQUE INDEX one_state ON daily_report.daily_customer (state)",
        "ALTER TABLE daily_report.daily_customer ADD CONSTRAINT few CHECK (orders < 100)");
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      sink.put(
          List.of(
              CUSTOMERS.record(1, Map.of("customer_id", "a", "state", "Texas")),
              CUSTOMERS.record(2, Map.of("customer_id", "b", "state", "Texas")),
              CUSTOMERS.record(3, Map.of("customer_id", "c", "state", "Utah", "orders", 100L)),
              CUSTOMERS.record(4, Map.of("customer_id", "d", "state", "Ohio"))));
      assertThat(worker.errant().stream().map(SinkRecord::kafkaOffset)).containsExactly(2L, 3L);
      assertThat(worker.reasons().get(0)).contains("23505").contains("one_state");
      assertThat(worker.reasons().get(1)).contains("23514").contains("few");
      assertThat(rows(CUSTOMER_ROWS)).containsExactly("a|2", "d|2");
    } finally {
      database.execute(
          "admin",
          "DROP INDEX daily_report.one_state",
          "ALTER TABLE daily_report.daily_customer DROP CONSTRAINT few");
    }
  }

  /** The reduction buffer folds a key's records; what it hides need not be reported. */
  @Test
  void theLastSoundRecordOfAKeyIsWhatStays() throws Exception {
    Map<String, Object> bad = Map.of("customer_id", "a", "state", "b\0");
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      sink.put(
          List.of(
              CUSTOMERS.record(1, Map.of("customer_id", "a", "orders", 1L)),
              CUSTOMERS.record(2, bad),
              CUSTOMERS.record(3, Map.of("customer_id", "b", "orders", 1L)),
              CUSTOMERS.record(4, Map.of("customer_id", "a", "orders", 4L)),
              CUSTOMERS.tombstone(5, Map.of("customer_id", "b")),
              CUSTOMERS.record(6, Map.of("customer_id", "c", "orders", 1L)),
              CUSTOMERS.tombstone(7, Map.of("customer_id", "c")),
              CUSTOMERS.record(8, Map.of("customer_id", "c", "orders", 8L)),
              CUSTOMERS.record(9, bad)));
    }
    assertThat(worker.errant().stream().map(SinkRecord::kafkaOffset)).containsExactly(2L, 9L);
    assertThat(rows(CUSTOMER_ROWS)).containsExactly("a|4", "c|8");
  }

  /** The backend that writes the last record is terminated: the first was already found. */
  @Test
  void anOutageAmongTheHalvesLeavesNoLetterAndNoGap() throws Exception {
    database.execute(
        "admin",
        """
        CREATE FUNCTION daily_report.terminate() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'""",
        """
        CREATE TRIGGER outage BEFORE INSERT ON daily_report.daily_customer
          FOR EACH ROW EXECUTE FUNCTION daily_report.terminate()""");
    List<SinkRecord> batch =
        List.of(
            LEDGER.record(1, Map.of("dataset", "a\0b")),
            LEDGER.record(2, Map.of("dataset", "sound")),
            CUSTOMERS.record(3, Map.of("customer_id", "a")),
            CUSTOMERS.record(4, Map.of("customer_id", "b")));
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      try {
        assertThatThrownBy(() -> sink.put(batch)).isInstanceOf(RetriableException.class);
        assertThat(worker.errant()).isEmpty();
        assertThat(rows(LEDGER_ROWS))
            .as("the first half is through")
            .containsExactly("sound|sound");
      } finally {
        database.execute("admin", "DROP FUNCTION daily_report.terminate() CASCADE");
      }
      sink.deliver(batch, worker);
    }
    assertThat(worker.errant()).containsExactly(batch.get(0));
    assertThat(rows(CUSTOMER_ROWS)).containsExactly("a|2", "b|2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "REVOKE INSERT ON daily_report.daily_customer FROM sink_writer;"
            + "GRANT INSERT ON daily_report.daily_customer TO sink_writer",
        "ALTER TABLE daily_report.daily_customer RENAME TO elsewhere;"
            + "ALTER TABLE daily_report.elsewhere RENAME TO daily_customer",
        "ALTER TABLE daily_report.daily_customer RENAME COLUMN orders TO elsewhere;"
            + "ALTER TABLE daily_report.daily_customer RENAME COLUMN elsewhere TO orders",
        "ALTER ROLE sink_writer SET default_transaction_read_only = on;"
            + "ALTER ROLE sink_writer RESET default_transaction_read_only"
      })
  void whatConcernsEveryRowLeavesNoLetter(String fault, String cure) throws Exception {
    List<SinkRecord> batch =
        List.of(
            LEDGER.record(1, Map.of("dataset", "a\0b")),
            CUSTOMERS.record(2, Map.of("customer_id", "a")));
    database.execute("postgres", fault);
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      assertThatThrownBy(() -> sink.put(batch)).isInstanceOf(ConnectException.class);
    } finally {
      database.execute("postgres", cure);
    }
    assertThat(worker.errant()).isEmpty();
    try (SinkPlugin sink = new SinkPlugin(database, worker)) {
      sink.put(batch);
    }
    assertThat(worker.errant()).containsExactly(batch.get(0));
    assertThat(rows(CUSTOMER_ROWS)).containsExactly("a|2");
  }

  @Test
  void withoutADeadLetterTopicTheTaskFails() throws Exception {
    try (SinkPlugin sink = new SinkPlugin(database, worker.withoutReporter())) {
      assertThatThrownBy(() -> sink.put(List.of(LEDGER.record(1, Map.of("dataset", "a\0b")))))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("22021");
    }
  }

  @Test
  void anInstantIsStoredWhateverTheZoneOfTheWorker() throws Exception {
    TimeZone before = TimeZone.getDefault();
    try {
      for (String zone : List.of("UTC", "Pacific/Auckland", "America/New_York")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (SinkPlugin sink = new SinkPlugin(database, worker)) {
          sink.put(List.of(MINUTES.record(1, Map.of("platform", zone, "revenue", LARGEST_SUM))));
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(
            rows(
                "SELECT platform, (extract(epoch FROM minute) * 1000)::bigint, revenue"
                    + " FROM daily_report.sales_by_minute ORDER BY platform"))
        .containsExactly(
            "America/New_York|1701480600007|" + LARGEST_SUM,
            "Pacific/Auckland|1701480600007|" + LARGEST_SUM,
            "UTC|1701480600007|" + LARGEST_SUM);
  }

  /** A text that does not compress into an index. */
  private static String noise() {
    return new Random(13)
        .ints(20_000, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static List<String> rows(String query) throws SQLException {
    return database.rows("report_reader", query);
  }
}
