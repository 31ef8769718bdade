package io.furnistream.aggregates.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.Sales;
import io.furnistream.aggregates.testing.TestRun;
import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyAddress;
import io.furnistream.schemas.DailyAddressKey;
import io.furnistream.schemas.DailyCategoryProduct;
import io.furnistream.schemas.DailyCategoryProductKey;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.LiveKpis;
import io.furnistream.schemas.LiveKpisKey;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small cases, counted by hand. */
class AggregatesTopologyTest {

  private static final LocalDate DAY = Sales.DAY;
  private static final DailyRecordKey FIRST = Sales.key(DAY, 1);
  private static final DailyRecordKey SECOND = Sales.key(DAY, 2);
  private static final DailyPuRevKey DAY_KEY = new DailyPuRevKey(DAY);
  private static final DailyAddressKey AARHUS =
      new DailyAddressKey(DAY, new BigDecimal("56.162900"), new BigDecimal("10.203900"));

  @TempDir Path folder;
  private TestRun run;

  @BeforeEach
  void start() throws Exception {
    run = new TestRun(folder);
  }

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void twoLinesOfTwoOrdersByOneCustomer() {
    run.send(FIRST, Sales.chair(FIRST).build());
    run.send(
        SECOND,
        Sales.chair(SECOND)
            .setOrderId("order-2")
            .setQuantity(3)
            .setRevenue(new BigDecimal("0.0001"))
            .setProfit(null)
            .build());

    assertThat(run.table(Topic.DAILY_PU_REV))
        .isEqualTo(
            Map.of(DAY_KEY, new DailyPuRev(2L, 1L, 2L, 4L, money("100.0001"), money("20.0000"))));
    assertThat(run.table(Topic.DAILY_CATEGORY_PRODUCT))
        .isEqualTo(
            Map.of(
                product("Stool"),
                new DailyCategoryProduct(4L, money("100.0001"), money("20.0000"))));
    assertThat(run.table(Topic.DAILY_ADDRESS))
        .isEqualTo(Map.of(AARHUS, new DailyAddress("Århus", "Midtjylland", "Denmark", 1L)));
  }

  @Test
  void theGroupsInternalTopicsAreInTheOrderInWhichTheyAreWritten() {
    List<String> read = new ArrayList<>(List.of(Topic.DAILY_RECORDS.topicName()));
    for (List<String> topics : AggregatesGroup.INTERNAL_TOPICS) {
      // A topology puts the application's name before them when it runs.
      List<String> internal =
          topics.stream().map(name -> name.substring(AggregatesGroup.ID.length() + 1)).toList();
      assertThat(written(read)).containsAll(internal);
      read.addAll(internal);
    }

    Set<String> rows = written(read);
    rows.removeAll(read);
    assertThat(rows)
        .as("what is written in the end: rows, whose topics the stage chooses, and letters")
        .containsExactlyInAnyOrder(Topic.RECENT_RECORDS.topicName(), DeadLetterTopics.AGGREGATES);
  }

  /** The topics written by stages that read only these. */
  private static Set<String> written(List<String> read) {
    Set<String> written = new HashSet<>();
    Topology topology =
        AggregatesTopology.of(AggregateSet.ALL, new AvroClients("127.0.0.1:1", "mock://topology"));
    for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
      Set<String> sources = new HashSet<>();
      Set<String> sinks = new HashSet<>();
      for (TopologyDescription.Node node : part.nodes()) {
        if (node instanceof TopologyDescription.Source source) {
          sources.addAll(source.topicSet());
        } else if (node instanceof TopologyDescription.Sink sink && sink.topic() != null) {
          sinks.add(sink.topic());
        }
      }
      if (read.containsAll(sources)) {
        written.addAll(sinks);
      }
    }
    return written;
  }

  @Test
  void aDuplicateSendsNothing() {
    run.send(FIRST, Sales.chair(FIRST).build());
    everyRow();

    run.send(FIRST, Sales.chair(FIRST).build());

    assertThat(everyRow()).isZero();
  }

  @Test
  void aCorrectionThatNoAggregateReadsSendsNothing() {
    run.send(FIRST, Sales.chair(FIRST).build());
    everyRow();

    run.send(FIRST, Sales.chair(FIRST).setCustomerName("Ada Lovelace").setLine(2).build());

    assertThat(everyRow()).isZero();
  }

  @Test
  void aCorrectionMovesTheDifferenceBetweenProducts() {
    run.send(FIRST, Sales.chair(FIRST).build());
    run.send(SECOND, Sales.chair(SECOND).setRevenue(money("50.0000")).build());

    run.send(
        FIRST, Sales.chair(FIRST).setProductName("Bench").setRevenue(money("70.0000")).build());

    assertThat(run.table(Topic.DAILY_CATEGORY_PRODUCT))
        .isEqualTo(
            Map.of(
                product("Stool"), new DailyCategoryProduct(1L, money("50.0000"), money("20.0000")),
                product("Bench"),
                    new DailyCategoryProduct(1L, money("70.0000"), money("20.0000"))));
    assertThat(run.table(Topic.DAILY_PU_REV).get(DAY_KEY))
        .isEqualTo(new DailyPuRev(2L, 1L, 1L, 2L, money("120.0000"), money("40.0000")));
  }

  @Test
  void aCorrectedCustomerChangesOnlyTheCount() {
    run.send(FIRST, Sales.chair(FIRST).build());
    run.send(SECOND, Sales.chair(SECOND).build());
    everyRow();

    run.send(SECOND, Sales.chair(SECOND).setCustomerId("customer-2").build());

    assertThat(run.table(Topic.DAILY_PU_REV).get(DAY_KEY))
        .isEqualTo(new DailyPuRev(2L, 2L, 1L, 2L, money("200.0000"), money("40.0000")));
    assertThat(run.rows(Topic.DAILY_CATEGORY_PRODUCT)).isEmpty();
  }

  @Test
  void theLastRecordTakenBackLeavesATombstoneInEveryTopic() {
    run.send(FIRST, Sales.chair(FIRST).build());
    everyRow();

    run.send(FIRST, null);

    for (Topic topic : Topic.AGGREGATED) {
      assertThat(run.rows(topic))
          .as("rows of %s", topic)
          .singleElement()
          .satisfies(row -> assertThat(row.value()).isNull());
    }
  }

  @Test
  void anUnlocatedRecordCountsEverywhereButOnTheMap() {
    run.send(FIRST, Sales.chair(FIRST).setLongitude(null).build());

    assertThat(run.table(Topic.DAILY_ADDRESS)).isEmpty();
    assertThat(run.table(Topic.DAILY_CATEGORY_PRODUCT)).hasSize(1);
    assertThat(run.table(Topic.DAILY_PU_REV).get(DAY_KEY))
        .isEqualTo(new DailyPuRev(1L, 1L, 1L, 1L, money("100.0000"), money("20.0000")));
  }

  @Test
  void recordsThatDisagreeAboutAPlaceShowTheFirstByAlphabet() {
    run.send(FIRST, Sales.chair(FIRST).setCity("Århus").build());
    run.send(SECOND, Sales.chair(SECOND).setCity("Aarhus").setState("Zzz").build());
    assertThat(run.table(Topic.DAILY_ADDRESS))
        .isEqualTo(Map.of(AARHUS, new DailyAddress("Aarhus", "Zzz", "Denmark", 1L)));

    run.send(SECOND, Sales.chair(SECOND).setCity("Årslev").build());
    assertThat(run.table(Topic.DAILY_ADDRESS))
        .isEqualTo(Map.of(AARHUS, new DailyAddress("Århus", "Midtjylland", "Denmark", 1L)));

    run.send(FIRST, null);
    assertThat(run.table(Topic.DAILY_ADDRESS))
        .isEqualTo(Map.of(AARHUS, new DailyAddress("Årslev", "Midtjylland", "Denmark", 1L)));
  }

  @Test
  void daysOfLongAgoAndFarAheadAreKeptApart() {
    for (LocalDate day : new LocalDate[] {LocalDate.of(1970, 1, 2), LocalDate.of(2199, 12, 31)}) {
      DailyRecordKey key = Sales.key(day, 1);
      run.send(key, Sales.chair(key).setTs(Instant.parse("2016-11-25T12:00:00Z")).build());
    }

    DailyPuRev one = new DailyPuRev(1L, 1L, 1L, 1L, money("100.0000"), money("20.0000"));
    assertThat(run.table(Topic.DAILY_PU_REV))
        .isEqualTo(
            Map.of(
                new DailyPuRevKey(LocalDate.of(1970, 1, 2)), one,
                new DailyPuRevKey(LocalDate.of(2199, 12, 31)), one));
  }

  @Test
  void moneyIsExactAtTheEdgeOfItsColumn() {
    run.send(FIRST, Sales.chair(FIRST).setRevenue(money("99999999999999.9998")).build());
    run.send(SECOND, Sales.chair(SECOND).setRevenue(money("0.0001")).build());

    assertThat(run.table(Topic.DAILY_PU_REV).get(DAY_KEY))
        .isEqualTo(new DailyPuRev(2L, 1L, 1L, 2L, money("99999999999999.9999"), money("40.0000")));
  }

  @Test
  void sumsAreWiderThanWhatTheyAddUp() {
    DailyRecord.Builder largest =
        Sales.chair(FIRST)
            .setRevenue(money("99999999999999.9999"))
            .setProfit(money("-99999999999999.9999"));
    run.send(FIRST, largest.build());
    run.send(SECOND, largest.setTsId(SECOND.getTsId()).setQuantity(100_000).build());

    assertThat(run.deadLetters()).isEmpty();
    BigDecimal revenue = money("199999999999999.9998");
    BigDecimal profit = money("-199999999999999.9998");
    assertThat(run.table(Topic.DAILY_PU_REV).get(DAY_KEY))
        .isEqualTo(new DailyPuRev(2L, 1L, 1L, 100_001L, revenue, profit));
    assertThat(run.table(Topic.LIVE_KPIS).get(new LiveKpisKey(DAY)))
        .isEqualTo(new LiveKpis(2L, 1L, 1L, 1L, revenue, revenue));
    for (Topic topic : Topic.AGGREGATED) {
      assertThat(run.table(topic))
          .isEqualTo(
              PlainLoop.over(
                  topic,
                  List.of(
                      largest.setTsId(FIRST.getTsId()).setQuantity(1).build(),
                      largest.setTsId(SECOND.getTsId()).setQuantity(100_000).build())));
    }
  }

  @Test
  void aRowSaysWhenItWasSent() {
    run.send(FIRST, Sales.chair(FIRST).build());

    assertThat(run.rows(Topic.DAILY_PU_REV))
        .extracting(TestRecord::getRecordTime)
        .allSatisfy(time -> assertThat(time).isAfter(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private int everyRow() {
    int rows = 0;
    for (Topic topic : Topic.AGGREGATED) {
      rows += run.rows(topic).size();
    }
    return rows;
  }

  private static DailyCategoryProductKey product(String name) {
    return new DailyCategoryProductKey(DAY, "Furniture", "Chairs", name);
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
