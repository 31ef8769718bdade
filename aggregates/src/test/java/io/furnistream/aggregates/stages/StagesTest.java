package io.furnistream.aggregates.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Member;
import io.furnistream.aggregates.tables.RowKey;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.tables.Tally;
import io.furnistream.aggregates.tables.Totals;
import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.Sales;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecentRecords;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stages gather between two commits, and what they hold back. */
class StagesTest {

  private Simulation simulation;

  @BeforeEach
  void start() throws Exception {
    simulation = new Simulation(1);
  }

  @Test
  void tenThousandRecordsOfADayAreAHandfulOfRows() {
    for (int n = 0; n < 10_000; n++) {
      DailyRecordKey key = Sales.key(Sales.DAY, n);
      simulation.send(
          key, Sales.chair(key).setCustomerId("customer-" + n).setOrderId("order-" + n).build());
      if (n % 1000 == 999) {
        simulation.settle();
      }
    }

    // Ten times; sums and counts may come apart.
    assertThat(rows(Topic.DAILY_PU_REV)).isBetween(10L, 30L);
    assertThat(rows(Topic.RECENT_RECORDS)).isBetween(100L, 3_000L);
    assertThat(simulation.table(Topic.RECENT_RECORDS)).hasSize(100);
    assertThat(simulation.table(Topic.DAILY_PU_REV))
        .isEqualTo(
            Map.of(
                new DailyPuRevKey(Sales.DAY),
                new DailyPuRev(
                    10_000L,
                    10_000L,
                    10_000L,
                    10_000L,
                    new BigDecimal("1000000.0000"),
                    new BigDecimal("200000.0000"))));
  }

  @Test
  void aRecordThatCameAndWentBetweenTwoCommitsIsNeverSeen() {
    DailyRecordKey key = Sales.key(Sales.DAY, 1);
    simulation.send(key, Sales.chair(key).build());
    simulation.send(key, null);
    simulation.settle();

    assertThat(simulation.rows()).isEmpty();
  }

  @Test
  void thousandsOfRecordsOfOneUnknownCustomerAndOrder() {
    for (int n = 0; n < 3_000; n++) {
      DailyRecordKey key = Sales.key(Sales.DAY, n);
      simulation.send(
          key,
          Sales.chair(key)
              .setCustomerId("unknown")
              .setOrderId("unknown")
              .setState("state " + n % 500)
              .setCategory("category " + n % 7)
              .build());
    }
    simulation.settle();
    assertThat(simulation.table(Topic.DAILY_STATE)).hasSize(500);
    assertThat(simulation.table(Topic.DAILY_CUSTOMER)).hasSize(3_000);

    for (int n = 0; n < 3_000; n++) {
      simulation.send(Sales.key(Sales.DAY, n), null);
    }
    simulation.settle();
    assertThat(simulation.table(Topic.DAILY_STATE)).isEmpty();
    assertThat(simulation.table(Topic.DAILY_CUSTOMER)).isEmpty();
  }

  /** Every text as long as the rules allow, in letters of four bytes. */
  @Test
  void theLongestTextsOfOnePlaceFitWhatABrokerTakes() {
    String longest = "𝔸".repeat(99);
    List<DailyRecord> records = new ArrayList<>();
    for (int n = 0; n < 400; n++) {
      DailyRecordKey key = Sales.key(Sales.DAY, n);
      String own = new String(Character.toChars(0x1D400 + n));
      records.add(
          Sales.chair(key)
              .setOrderId(longest + own)
              .setCustomerId(longest + own)
              .setCountry(longest + own)
              .setState(longest + own)
              .setCity("𝔸".repeat(999) + own)
              .setPlatform(longest + own)
              .setCategory(longest + own)
              .setSubCategory(longest + own)
              .setProductId(longest + own)
              .setProductName("𝔸".repeat(399) + own)
              .build());
      simulation.send(key, records.get(n));
    }
    simulation.settle();
    for (Topic topic : Topic.AGGREGATED) {
      assertThat(simulation.table(topic)).isEqualTo(PlainLoop.over(topic, records));
    }
    assertThat(simulation.largest()).isLessThan(1_000_000);

    for (DailyRecord record : records) {
      simulation.send(
          new DailyRecordKey(
              Sales.DAY, RecordId.parse(record.getTsId()).bucket(), record.getTsId()),
          null);
    }
    simulation.settle();
    assertThat(simulation.table(Topic.DAILY_ADDRESS)).isEmpty();
    assertThat(simulation.stored()).isLessThanOrEqualTo(6);
  }

  @Test
  void aNewDayWaitsForItsCounts() {
    Aggregate days = aggregate(Topic.DAILY_PU_REV);
    Sale sale = Sale.of(Sales.chair(Sales.key(Sales.DAY, 1)).build());
    byte[] day = AggregateSet.groupKey(days, sale);
    FakeContext here = new FakeContext(TotalStage.TOTALS);
    TotalStage totals = totals(here);

    totals.take(0, difference(day, Tally.of(days, sale)));
    totals.flush();
    assertThat(here.rows).isEmpty();

    Tally counts = Tally.of(days);
    counts.add(Totals.indexOf(days, Member.CUSTOMER), 1);
    totals.take(0, difference(day, counts));
    totals.flush();
    assertThat(here.rows).as("the orders are missing still").isEmpty();

    counts = Tally.of(days);
    counts.add(Totals.indexOf(days, Member.ORDER), 1);
    totals.take(0, difference(day, counts));
    totals.flush();
    assertThat(here.rows).hasSize(1);
    assertThat(here.letters).isZero();
  }

  /** Of what is refused the topic holds nothing, so that it must be sent when it can be made. */
  @Test
  void aLatestRecordThatNoRowCanBeMadeOfIsOneLetterAndIsSentOnceItCan() {
    Set<String> unwritable = new HashSet<>(Set.of(Sales.key(Sales.DAY, 1).getTsId()));
    FakeContext here = new FakeContext(LatestStage.LATEST);
    LatestStage latest = latest(here, unwritable);

    latest.take(0, entries(1, 2));
    latest.flush();
    assertThat(here.rows).containsExactly(written(2));
    assertThat(here.letters).isEqualTo(1);
    latest.take(1, entries(3));
    latest.flush();
    assertThat(here.rows).containsExactly(written(2), written(3));
    assertThat(here.letters).as("it is said already").isEqualTo(1);

    unwritable.clear();
    latest.flush();
    assertThat(here.rows).containsExactly(written(2), written(3), written(1));
  }

  /** The store says that there was one, not which. */
  @Test
  void afterARestartTheLatestRecordsAreSentOnceMoreIfOneWasRefused() {
    Set<String> unwritable = new HashSet<>(Set.of(Sales.key(Sales.DAY, 1).getTsId()));
    FakeContext here = new FakeContext(LatestStage.LATEST);
    LatestStage before = latest(here, unwritable);
    before.take(0, entries(1, 2));
    before.flush();
    here.rows.clear();
    unwritable.clear();

    LatestStage after = latest(here, unwritable);
    after.take(0, entries(1));
    after.flush();

    assertThat(here.rows).containsExactly(written(1), null);

    here.rows.clear();
    LatestStage last = latest(here, unwritable);
    last.take(0, entries(1));
    last.flush();
    assertThat(here.rows).as("none is refused any more").isEmpty();
  }

  @Test
  void anEntryWithoutItsPartitionIsAFaultOfTheData() {
    LatestStage stage = latest(new FakeContext(LatestStage.LATEST), Set.of());

    assertThatThrownBy(() -> stage.take(null, entries(1))).isInstanceOf(DataFaultException.class);
  }

  private static LatestStage latest(FakeContext here, Set<String> unwritable) {
    return new LatestStage(
        new Rows(
            (topic, key) -> new byte[] {1},
            (topic, row) -> {
              String id = ((RecentRecords) row).getTsId();
              if (unwritable.contains(id)) {
                throw new SerializationException(id);
              }
              return id.getBytes(StandardCharsets.UTF_8);
            }),
        here);
  }

  private static byte[] entries(int... numbers) {
    ByteWriter batch = new ByteWriter();
    for (int number : numbers) {
      DailyRecordKey key = Sales.key(Sales.DAY, number);
      byte[] recordKey =
          new ByteWriter()
              .orderedInt(Math.toIntExact(key.getTsDate().toEpochDay()))
              .number(key.getBucket())
              .text(key.getTsId())
              .toByteArray();
      DailyRecord sold = Sales.chair(key).build();
      // The first is the latest.
      sold = DailyRecord.newBuilder(sold).setTs(sold.getTs().minusSeconds(number)).build();
      Sale sale = Sale.of(sold);
      batch.block(
          LatestEntry.encode(LatestRecord.of(recordKey, sale.time()), SaleCodec.encode(sale)));
    }
    return batch.toByteArray();
  }

  private static byte[] written(int number) {
    return Sales.key(Sales.DAY, number).getTsId().getBytes(StandardCharsets.UTF_8);
  }

  private long rows(Topic topic) {
    return simulation.rows().stream().filter(row -> row.topic() == topic).count();
  }

  private static Aggregate aggregate(Topic topic) {
    return AggregateSet.ALL.stream()
        .filter(each -> each.topic() == topic)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] difference(byte[] groupKey, Tally tally) {
    return new ByteWriter().block(GroupChange.encode(groupKey, tally)).toByteArray();
  }

  private static TotalStage totals(FakeContext here) {
    return new TotalStage(
        AggregateSet.ALL,
        new Rows((topic, key) -> new byte[] {1}, (topic, row) -> new byte[] {1}),
        here);
  }

  /** One store, and what was sent. */
  private static final class FakeContext implements Stage.Context<RowKey, byte[]> {

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<byte[]> rows = new ArrayList<>();
    private int letters;

    FakeContext(String name) {
      store = Stores.inMemoryKeyValueStore(name).get();
    }

    @Override
    public int partition() {
      return 0;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> store(String name) {
      return store;
    }

    @Override
    public void send(RowKey key, byte[] row) {
      rows.add(row);
    }

    @Override
    public void refuse(byte[] part, DataFaultException fault) {
      letters++;
    }
  }
}
