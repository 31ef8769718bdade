package io.furnistream.verify.database;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Topic;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.MapRow;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableComparisonTest {

  private static final TableLayout PRODUCTS = TableLayout.of(Topic.DAILY_CATEGORY_PRODUCT);
  private static final TableLayout RECORDS =
      TableLayout.of(Topic.DAILY_RECORDS).comparing("ts", "revenue", "line");
  private static final TableLayout LEDGER = TableLayout.of(Topic.RUN_LEDGER).comparing("status");
  private static final TableLayout MINUTES =
      TableLayout.of(Topic.SALES_BY_MINUTE).comparing("orders");
  private static final TableLayout LATEST =
      TableLayout.of(Topic.RECENT_RECORDS, "ts_date").comparing("order_id");
  private static final Instant UNTIL = Instant.parse("2023-12-01T17:05:00Z");

  private final ProofDatabase database = EmptyDatabase.open();
  private final OpenDays open = new OpenDays();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void sameRowsDifferInNothing() {
    ComparedTable compared =
        compare(
            PRODUCTS,
            List.of(product(DEC_1, "Oak chair", 2L, "5.0000")),
            List.of(product(DEC_1, "Oak chair", 2L, "5.00")));

    assertThat(compared.differences()).isEmpty();
    assertThat(compared.rows()).isEqualTo(1);
    assertThat(compared.agreeing()).isEqualTo(1);
  }

  @Test
  void aValueIsNamedWithItsRow() {
    assertThat(
            words(
                PRODUCTS,
                List.of(product(DEC_1, "Oak chair", 2L, "5.0000")),
                List.of(product(DEC_1, "Oak chair", null, "5.00001"))))
        .containsExactly(
            "2023-12-01 postgres.daily_category_product daily_quantity of Furniture / Chairs / Oak chair: expected 2, found nothing",
            "2023-12-01 postgres.daily_category_product daily_rev of Furniture / Chairs / Oak chair: expected 5.0000, found 5.00001, difference 0.00001");
  }

  @Test
  void amountsMovedBetweenRowsDifferThoughTheirSumDoesNot() {
    assertThat(
            words(
                PRODUCTS,
                List.of(product(DEC_1, "a", 1L, "5.0000"), product(DEC_1, "b", 1L, "6.0000")),
                List.of(product(DEC_1, "a", 1L, "4.0000"), product(DEC_1, "b", 1L, "7.0000"))))
        .extracting(line -> line.replaceFirst(".*Chairs / ", ""))
        .containsExactly(
            "a: expected 5.0000, found 4.0000, difference -1.0000",
            "b: expected 6.0000, found 7.0000, difference 1.0000");
  }

  @Test
  void rowsThatAreMissingOrTooManyAreNamed() {
    assertThat(
            words(
                PRODUCTS,
                List.of(product(DEC_1, "a", 1L, "5.0000")),
                List.of(product(DEC_2, "b", 0L, "0.0000"))))
        .containsExactly(
            "2023-12-01 postgres.daily_category_product row of Furniture / Chairs / a: expected 1, found 0, difference -1",
            "2023-12-02 postgres.daily_category_product row of Furniture / Chairs / b: expected 0, found 1, difference 1");
  }

  @Test
  void ofManyRowsTheFirstAreNamedAndTheRestCounted() {
    List<StoredRow> must = new java.util.ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      must.add(product(DEC_1, "p" + i, 1L, "5.0000"));
    }

    assertThat(words(PRODUCTS, must, must.subList(0, 100)))
        .hasSize(6)
        .endsWith(
            "2023-12-01 postgres.daily_category_product rows that agree: expected 5000, found 100, difference -4900");
  }

  /** No value of the contract: yet it is compared, and shown as it is. */
  @Test
  void whatNoColumnCanHoldIsShownAsItIs() {
    Map<String, Object> wild = record(1, UNTIL, "1");
    wild.put("revenue", new BigDecimal("1E+400"));
    wild.put("ts", Instant.MAX);
    wild.put("line", 1L << 40);

    assertThat(
            words(
                RECORDS,
                List.of(new MapRow(record(1, UNTIL, "1.0000"))),
                List.of(new MapRow(wild))))
        .extracting(line -> line.replaceFirst("(found .{12}).+", "$1"))
        .containsExactly(
            "2023-12-01 postgres.daily_records ts of 1 / 00000000-0000-0000-0000-000000000001: expected 1701450300000, found +1000000000-",
            "2023-12-01 postgres.daily_records revenue of 1 / 00000000-0000-0000-0000-000000000001: expected 1.0000, found 1E+400",
            "2023-12-01 postgres.daily_records line of 1 / 00000000-0000-0000-0000-000000000001: expected 1, found 109951162777");
  }

  @Test
  void aKeyThatNoColumnCanHoldIsARowTooMany() {
    Map<String, Object> wild = record(1, UNTIL, "1.0000");
    wild.put("ts_id", "no uuid");

    assertThat(words(RECORDS, List.of(), List.of(new MapRow(wild))))
        .containsExactly(
            "2023-12-01 postgres.daily_records row of 1 / no uuid: expected 0, found 1, difference 1");
  }

  @Test
  void ofADayThatGoesOnARecordThatKafkaDoesNotStateWaits() {
    open.add(DEC_1, "live", UNTIL);
    List<StoredRow> stated = List.of(new MapRow(record(1, UNTIL.plusSeconds(1), "1.0000")));
    List<StoredRow> found =
        List.of(
            stated.get(0),
            new MapRow(record(2, UNTIL, "1.0000")),
            new MapRow(record(3, UNTIL.minusMillis(1), "1.0000")));

    assertThat(compare(RECORDS, stated, found).differences())
        .as("of another dataset; of the live one, too late and in time")
        .extracting(Difference::row)
        .containsExactly("3 / 00000000-0000-0000-0000-000000000003");
  }

  @Test
  void whatIsATotalOfAnOpenDayWaitsAndWhatIsOfAMinuteDoesNot() {
    open.add(DEC_1, "live", UNTIL);

    assertThat(compare(PRODUCTS, List.of(product(DEC_1, "a", 1L, "5.0000")), List.of()).rows())
        .isZero();
    assertThat(compare(PRODUCTS, List.of(product(DEC_2, "a", 1L, "5.0000")), List.of()).differing())
        .isEqualTo(1);
    assertThat(
            compare(LEDGER, List.of(entry("live", DEC_1), entry("other", DEC_1)), List.of())
                .differences())
        .extracting(Difference::row)
        .containsExactly("other");
    assertThat(
            compare(
                    MINUTES,
                    List.of(),
                    List.of(
                        minute("2023-12-01T17:04:00Z"),
                        minute("2023-12-01T17:05:00Z"),
                        minute("2023-12-02T17:59:00Z"),
                        minute("2023-12-02T18:00:00Z")))
                .differences())
        .as("the minute that is over, and what is beyond the day in every zone")
        .extracting(each -> each.row().substring(0, 20))
        .containsExactly("2023-12-01T17:04:00Z", "2023-12-02T18:00:00Z");
    assertThat(compare(LATEST, List.of(), List.of(latest(DEC_2))).rows()).isZero();
  }

  private List<String> words(TableLayout layout, List<StoredRow> must, List<StoredRow> found) {
    return compare(layout, must, found).differences().stream().map(Difference::inWords).toList();
  }

  private ComparedTable compare(TableLayout layout, List<StoredRow> must, List<StoredRow> found) {
    stage("must", layout, must);
    stage("found", layout, found);
    ComparedTable whole = comparison(layout, 50_000).compare();
    ComparedTable sliced = comparison(layout, Math.max(3, found.size() / 20)).compare();
    assertThat(sliced.rows()).isEqualTo(whole.rows());
    assertThat(sliced.differing()).isEqualTo(whole.differing());
    if (whole.differing() <= TableComparison.NAMED_ROWS) {
      assertThat(sliced.differences()).containsExactlyInAnyOrderElementsOf(whole.differences());
    } else {
      assertThat(sliced.differences()).hasSameSizeAs(whole.differences());
    }
    return whole;
  }

  private TableComparison comparison(TableLayout layout, long rowsAtOnce) {
    return new TableComparison(
        database,
        "postgres." + layout.name(),
        layout,
        "must",
        "found",
        new OpenDayRows(database, open),
        rowsAtOnce);
  }

  private void stage(String name, TableLayout layout, List<StoredRow> rows) {
    try (StagedTable table = new StagedTable(database, name, layout)) {
      rows.forEach(table::add);
    }
  }

  private static StoredRow product(LocalDate day, String name, Long quantity, String revenue) {
    Map<String, Object> row = new HashMap<>();
    row.put("ts_date", day);
    row.put("category", "Furniture");
    row.put("sub_category", "Chairs");
    row.put("product_name", name);
    row.put("daily_quantity", quantity);
    row.put("daily_rev", new BigDecimal(revenue));
    row.put("daily_profit", new BigDecimal("0.0000"));
    return new MapRow(row);
  }

  private static Map<String, Object> record(int n, Instant ts, String revenue) {
    Map<String, Object> row = new HashMap<>();
    row.put("ts_date", DEC_1);
    row.put("bucket", (long) n);
    row.put("ts_id", new java.util.UUID(0, n).toString());
    row.put("ts", ts);
    row.put("revenue", new BigDecimal(revenue));
    row.put("line", 1L);
    return row;
  }

  private static StoredRow entry(String dataset, LocalDate day) {
    return new MapRow(Map.of("dataset", dataset, "ts_date", day, "status", "COMPLETE"));
  }

  private static StoredRow minute(String minute) {
    return new MapRow(
        Map.of(
            "minute",
            Instant.parse(minute),
            "category",
            "Chairs",
            "platform",
            "Web",
            "orders",
            1L));
  }

  private static StoredRow latest(LocalDate day) {
    return new MapRow(Map.of("ts_date", day, "position", 1L, "order_id", "o"));
  }
}
