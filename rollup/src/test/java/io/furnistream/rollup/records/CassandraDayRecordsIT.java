package io.furnistream.rollup.records;

import static io.furnistream.rollup.records.ListedRecords.DAY;
import static io.furnistream.rollup.records.ListedRecords.extreme;
import static io.furnistream.rollup.records.ListedRecords.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Commands;
import io.furnistream.rollup.RollupCommand;
import io.furnistream.rollup.files.ExportFiles;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Days are read from, and closed over, a real Cassandra; its rows are made by hand. */
class CassandraDayRecordsIT {

  private static final Duration RECONNECTED_WITHIN = Duration.ofMinutes(2);
  private static final String CASSANDRA = "cassandra";
  private static final int PORT_OFFSET = 19_500;
  // A bucket of more than two pages, so that the third is asked for while the first are taken.
  private static final int LARGE_BUCKET = 9_000;

  @TempDir private static Path state;
  private static EmbeddedStack stack;
  private static CqlSession session;
  private static PreparedStatement insert;

  @TempDir private Path export;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(state),
            new Ports(PORT_OFFSET),
            Set.of(CASSANDRA));
    int port = Integer.parseInt(stack.endpoints().cassandraContactPoints().split(":", 2)[1]);
    session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter(stack.endpoints().cassandraDatacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                    .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                    .build())
            .build();
    insert =
        session.prepare(
            "INSERT INTO furniture.daily_records (ts_date, bucket, ts_id, ts, order_id, line,"
                + " customer_id, customer_name, segment, country, state, city, latitude, longitude,"
                + " platform, payment_method, category, sub_category, product_id, product_name,"
                + " price, unit_cost, quantity, discount, revenue, profit)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?, ?)");
  }

  @AfterAll
  static void stop() {
    if (session != null) {
      session.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  /** A session whose Cassandra was down reconnects automatically, within seconds. */
  @AfterEach
  void deleteRows() {
    await("the session has Cassandra again")
        .atMost(RECONNECTED_WITHIN)
        .ignoreExceptionsInstanceOf(DriverException.class)
        .untilAsserted(() -> session.execute("TRUNCATE furniture.daily_records"));
  }

  @Test
  void everyValueIsRead() throws IOException {
    DailyRecord full = sale(1, "anna").build();
    DailyRecord sparse =
        extreme(2, "bernd").setTs(Instant.parse("2023-12-02T04:59:59.999Z")).build();
    insert(DAY, 2, sparse);
    insert(DAY, 1, full);
    insert(DAY.plusDays(1), 1, sale(17, "of another day").setTsDate(DAY.plusDays(1)).build());

    assertThat(read(DAY))
        .containsExactly(
            new RawRecord(1, new UUID(0, 1), full), new RawRecord(2, new UUID(0, 2), sparse));
  }

  @Test
  void recordsComeByBucketAndThenAsCassandraSortsTheirIds() throws IOException {
    List<UUID> sorted =
        List.of(
            UUID.fromString("ffffffff-ffff-0fff-ffff-ffffffffffff"),
            UUID.fromString("ffffffff-ffff-1000-0000-000000000000"),
            UUID.fromString("00000001-0000-1001-0000-000000000000"),
            UUID.fromString("00000000-0001-1001-0000-000000000000"),
            UUID.fromString("00000000-0001-1001-7000-000000000000"),
            UUID.fromString("00000000-0001-1001-8000-000000000000"),
            UUID.fromString("00000000-0000-4000-0000-000000000001"),
            UUID.fromString("00000000-0000-4000-f000-000000000000"),
            UUID.fromString("7fffffff-0000-4000-0000-000000000000"),
            UUID.fromString("80000000-0000-4000-0000-000000000000"),
            UUID.fromString("00000000-0000-f000-0000-000000000000"));
    List<UUID> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(7));
    for (int bucket : List.of(15, 0, 8)) {
      for (UUID id : shuffled) {
        insert(DAY, bucket, sale(1, "anna").setTsId(id.toString()).build());
      }
    }

    List<RawRecord> read = read(DAY);

    assertThat(read).extracting(RawRecord::bucket).isSorted().contains(0, 8, 15);
    for (int bucket : List.of(0, 8, 15)) {
      assertThat(read)
          .filteredOn(rawRecord -> rawRecord.bucket() == bucket)
          .extracting(RawRecord::id)
          .isEqualTo(sorted);
    }
    // The rollup checks what it reads for the same order.
    assertThat(rollup(connect()).out()).contains("closed  revision 1  records 33");
  }

  @Test
  void aBucketOfManyPagesIsReadToItsEnd() throws IOException {
    insertLargeBucket(DAY, 3);
    insert(DAY, 4, sale(LARGE_BUCKET, "anna").build());

    assertThat(read(DAY))
        .extracting(rawRecord -> rawRecord.id().getLeastSignificantBits())
        .isEqualTo(LongStream.rangeClosed(0, LARGE_BUCKET).boxed().toList());
  }

  @Test
  void aDayWithoutRecordsIsEmpty() throws IOException {
    assertThat(read(DAY)).isEmpty();
    assertThat(rollup(connect()).out()).contains("2023-12-01  closed  revision 1  records 0");
  }

  @Test
  void aRecordThatLacksWhatItsContractAsksForIsNamed() throws IOException {
    insert(DAY, 9, sale(1, "anna").build());
    session.execute(
        "DELETE customer_name FROM furniture.daily_records"
            + " WHERE ts_date = '2023-12-01' AND bucket = 9 AND ts_id = "
            + new UUID(0, 1));

    assertThatThrownBy(() -> read(DAY))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(
            "The record 00000000-0000-0000-0000-000000000001 of 2023-12-01, bucket 9, has no"
                + " customer_name")
        .hasMessageContaining("run its dataset's day again");
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(400)
  void aCassandraThatGoesAwayLeavesTheDayAsItWas(Away away) throws Exception {
    insertLargeBucket(DAY, 0);
    assertThat(rollup(connect()).out()).contains("closed  revision 1  records 9000");
    Map<Path, String> before = ExportFiles.hashes(export);
    insert(DAY, 0, sale(0, "a correction").build());

    long start = System.nanoTime();
    Ran ran;
    Duration took;
    try {
      ran = rollup(goingAway(connect(), away));
      took = Duration.ofNanos(System.nanoTime() - start);
    } finally {
      away.comeBack();
    }

    assertThat(ran.err())
        .contains("Cassandra at " + stack.endpoints().cassandraContactPoints() + " cannot be read")
        .contains("See `furnistream status` and `furnistream logs cassandra`.")
        .doesNotContain("\tat ");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(took).isLessThan(away.atMost);
    assertThat(ExportFiles.hashes(export)).isEqualTo(before);

    stack.awaitReady();
    assertThat(rollup(connect()).out()).contains("moved  revision 2  records 9000");
  }

  private enum Away {
    KILLED(Duration.ofSeconds(30)) {
      @Override
      void go() throws InterruptedException {
        stack.kill(CASSANDRA);
      }

      @Override
      void comeBack() {
        // It is restarted automatically.
      }
    },
    /** It holds its connections and says nothing more. */
    FROZEN(Duration.ofSeconds(90)) {
      @Override
      void go() throws InterruptedException, IOException {
        signal("-STOP");
      }

      @Override
      void comeBack() throws InterruptedException, IOException {
        signal("-CONT");
      }
    };

    private final Duration atMost;

    Away(Duration atMost) {
      this.atMost = atMost;
    }

    abstract void go() throws InterruptedException, IOException;

    abstract void comeBack() throws InterruptedException, IOException;

    private static void signal(String signal) throws InterruptedException, IOException {
      ServiceStatus status = stack.status().get(0);
      assertThat(status.name()).isEqualTo(CASSANDRA);
      assertThat(new ProcessBuilder("kill", signal, Long.toString(status.pid())).start().waitFor())
          .isZero();
    }
  }

  /** Records whose Cassandra goes away when the tenth has been read. */
  private static DayRecords goingAway(DayRecords records, Away away) {
    return new DayRecords() {
      private int taken;

      @Override
      public void read(LocalDate day, Reader reader) throws IOException {
        records.read(
            day,
            rawRecord -> {
              reader.take(rawRecord);
              if (++taken == 10) {
                try {
                  away.go();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
      }

      @Override
      public void close() {
        records.close();
      }
    };
  }

  private static DayRecords connect() {
    return CassandraDayRecords.connect(stack.endpoints());
  }

  private static List<RawRecord> read(LocalDate day) throws IOException {
    List<RawRecord> read = new ArrayList<>();
    try (DayRecords records = connect()) {
      records.read(day, read::add);
    }
    return read;
  }

  private Ran rollup(DayRecords records) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Commands.commandLine(RollupCommand.reading(records, export))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("--from", DAY.toString(), "--to", DAY.toString());
    return new Ran(status, out.toString(), err.toString());
  }

  private record Ran(int status, String out, String err) {}

  private static void insertLargeBucket(LocalDate day, int bucket) {
    List<CompletionStage<?>> sent = new ArrayList<>();
    for (int n = 0; n < LARGE_BUCKET; n++) {
      sent.add(session.executeAsync(insert.bind(values(day, bucket, sale(n, "c-" + n).build()))));
      if (sent.size() == 200 || n == LARGE_BUCKET - 1) {
        sent.forEach(one -> one.toCompletableFuture().join());
        sent.clear();
      }
    }
  }

  private static void insert(LocalDate day, int bucket, DailyRecord sale) {
    session.execute(insert.bind(values(day, bucket, sale)));
  }

  private static Object[] values(LocalDate day, int bucket, DailyRecord sale) {
    return new Object[] {
      day,
      bucket,
      UUID.fromString(sale.getTsId()),
      sale.getTs(),
      sale.getOrderId(),
      sale.getLine(),
      sale.getCustomerId(),
      sale.getCustomerName(),
      sale.getSegment(),
      sale.getCountry(),
      sale.getState(),
      sale.getCity(),
      sale.getLatitude(),
      sale.getLongitude(),
      sale.getPlatform(),
      sale.getPaymentMethod(),
      sale.getCategory(),
      sale.getSubCategory(),
      sale.getProductId(),
      sale.getProductName(),
      sale.getPrice(),
      sale.getUnitCost(),
      sale.getQuantity(),
      sale.getDiscount(),
      sale.getRevenue(),
      sale.getProfit()
    };
  }
}
