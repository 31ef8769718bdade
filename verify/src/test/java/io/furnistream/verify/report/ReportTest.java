package io.furnistream.verify.report;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Figures FIRST =
      new Figures(
          10L,
          15L,
          new BigDecimal("1234.5000"),
          new BigDecimal("-0.2500"),
          7L,
          new IdChecksum(0, 16));
  private static final Figures SECOND =
      new Figures(2L, 2L, new BigDecimal("5"), new BigDecimal("1.5"), 1L, new IdChecksum(0, 1));

  private static final Difference OFF =
      Difference.of(
          DEC_2, "postgres", null, "revenue", new BigDecimal("5.0000"), new BigDecimal("5.0001"));

  @Test
  void textWhenAllAgree() {
    assertThat(new TextReport(report(SECOND, List.of(), List.of())).lines())
        .containsExactly(
            "store      records  quantity    revenue  profit  customers                       id_checksum",
            "ledger          12        17  1239.5000  1.2500          -  00000000000000000000000000000011",
            "kafka           12        17  1239.5000  1.2500          8  00000000000000000000000000000011",
            "cassandra       12        17  1239.5000  1.2500          8  00000000000000000000000000000011",
            "postgres        12        17  1239.5000  1.2500          8                                 -",
            "",
            "day         records    revenue   profit  customers  kafka  cassandra  postgres",
            "2023-12-01       10  1234.5000  -0.2500          7     ok         ok        ok",
            "2023-12-02        2     5.0000   1.5000          1     ok         ok        ok",
            "",
            "Every store agrees with the ledger: 2 days, 2023-12-01 to 2023-12-02.");
  }

  @Test
  void textWhenSomethingDiffers() {
    Figures off = new Figures(2L, 2L, new BigDecimal("5.0001"), new BigDecimal("1.5"), 1L, null);
    Difference inTable =
        Difference.of(DEC_1, "cassandra.daily_address", "1 / 2", "city", "Berlin", "Bonn");

    assertThat(
            new TextReport(
                    report(
                        off,
                        List.of(inTable, OFF),
                        List.of(Problem.error(null, "a problem"), Problem.warning("a note"))))
                .lines())
        .containsExactly(
            "store      records  quantity    revenue  profit  customers                       id_checksum",
            "ledger          12        17  1239.5000  1.2500          -  00000000000000000000000000000011",
            "kafka           12        17  1239.5000  1.2500          8  00000000000000000000000000000011",
            "cassandra       12        17  1239.5000  1.2500          8  00000000000000000000000000000011",
            "postgres        12        17  1239.5001  1.2500          8                                 -",
            "",
            "day         records    revenue   profit  customers  kafka  cassandra  postgres",
            "2023-12-01       10  1234.5000  -0.2500          7     ok    DIFFERS        ok",
            "2023-12-02        2     5.0000   1.5000          1     ok         ok   DIFFERS",
            "",
            "2023-12-01 cassandra.daily_address city of 1 / 2: expected Berlin, found Bonn",
            "2023-12-02 postgres revenue: expected 5.0000, found 5.0001, difference 0.0001",
            "",
            "NOT proved. Differences: 2; problems: 1; days that agree: 0 of 2.",
            "Where an aggregated table stays different, for example because another client wrote to its topic: `furnistream aggregates reset` works all of them out again from the records, or, on a cluster, the steps in aggregates/README.md.");
  }

  @Test
  void resetDoesNotCorrectRawRecords() {
    Difference raw = Difference.of(DEC_1, "cassandra.daily_records", "1", "row", 1L, 0L);

    assertThat(new TextReport(report(SECOND, List.of(raw), List.of())).lines())
        .noneMatch(line -> line.contains("reset"));
  }

  @Test
  void itSaysHowManyRowsOfEachTableAgree() throws IOException {
    StoreReading all = reading(Figures.ZERO, FIRST, SECOND);
    Report report =
        new Report(
            Map.of("ledger", all, "kafka", all),
            List.of(),
            List.of(),
            List.of(new ComparedTable("postgres.daily_state", 120, 1, List.of(OFF))),
            Map.of());

    assertThat(new TextReport(report).lines())
        .contains("table, row by row     rows  agree", "postgres.daily_state   120    119");
    assertThat(json(report).get("tables"))
        .isEqualTo(
            parse(
                "[{'name': 'postgres.daily_state', 'rows': 120, 'agree': 119}]"
                    .replace("'", "\"")));
  }

  @Test
  void textWhenThereIsNothing() {
    StoreReading none = new StoreReading(Figures.ZERO, new TreeMap<>());

    assertThat(
            new TextReport(new Report(Map.of("ledger", none, "kafka", none), List.of(), List.of()))
                .lines())
        .endsWith(
            "",
            "Nothing to prove: no store holds any of these days. Run `furnistream generate`, or widen --from and --to.");
    assertThat(new Report(Map.of("ledger", none, "kafka", none), List.of(), List.of()).ok())
        .isFalse();
  }

  @Test
  void aDayThatIsNotClosedIsShownAsSuch() throws IOException {
    StoreReading kafka = reading(Figures.ZERO, FIRST, SECOND);
    StoreReading parquet = new StoreReading(Figures.UNKNOWN, new TreeMap<>(Map.of(DEC_1, FIRST)));
    Map<String, StoreReading> stores = new LinkedHashMap<>();
    stores.put("ledger", kafka);
    stores.put("kafka", kafka);
    stores.put("parquet", parquet);
    Report report = new Report(stores, List.of(), List.of());

    assertThat(new TextReport(report).lines())
        .contains(
            "parquet        -         -          -       -          -                                 -",
            "2023-12-01       10  1234.5000  -0.2500          7     ok       ok",
            "2023-12-02        2     5.0000   1.5000          1     ok        -");
    assertThat(json(report).get("days").get(1).get("stores").get("parquet").get("records").isNull())
        .isTrue();
    assertThat(ClosedDays.advice(report))
        .containsExactly(
            Problem.warning(
                "Days not closed into Parquet: 1. Close them, when they have ended:"
                    + " furnistream rollup --from 2023-12-02 --to 2023-12-02"));
  }

  @Test
  void aDayWhoseFilesDifferIsToBeClosedAgain() {
    StoreReading all = reading(Figures.ZERO, FIRST, SECOND);
    Difference touched = Difference.of(DEC_2, "parquet", "a file", "sha256", "00", "01");
    Report report =
        new Report(
            Map.of("ledger", all, "kafka", all, "parquet", all), List.of(touched), List.of());

    assertThat(ClosedDays.advice(report))
        .containsExactly(
            Problem.warning(
                "Days whose Parquet files differ: 1. When the other stores agree, close them again:"
                    + " furnistream rollup --from 2023-12-02 --to 2023-12-02"));
  }

  @Test
  void jsonHasCountsAsNumbersAndAmountsAsText() throws IOException {
    JsonNode document = json(report(SECOND, List.of(), List.of()));

    assertThat(document.fieldNames())
        .toIterable()
        .containsExactly("ok", "stores", "days", "tables", "screened", "differences", "problems");
    assertThat(document.get("ok").booleanValue()).isTrue();
    assertThat(document.get("stores").fieldNames())
        .toIterable()
        .containsExactly("ledger", "kafka", "cassandra", "postgres");
    assertThat(document.get("stores").get("kafka"))
        .isEqualTo(
            parse(
                """
                {"records":12,"quantity":17,"revenue":"1239.5000","profit":"1.2500",
                 "customers":8,"id_checksum":"00000000000000000000000000000011"}"""));
    assertThat(document.get("stores").get("ledger").get("customers").isNull()).isTrue();
    assertThat(document.get("stores").get("postgres").get("id_checksum").isNull()).isTrue();
    assertThat(document.get("days")).hasSize(2);
    assertThat(document.get("days").get(1).get("ts_date").textValue()).isEqualTo("2023-12-02");
    assertThat(document.get("days").get(1).get("ok").booleanValue()).isTrue();
    assertThat(
            document.get("days").get(1).get("stores").get("cassandra").get("revenue").textValue())
        .isEqualTo("5.0000");
    assertThat(document.get("screened")).isEqualTo(parse("{}"));
    assertThat(document.get("differences")).isEmpty();
    assertThat(document.get("problems")).isEmpty();
  }

  @Test
  void jsonCountsWhatIsScreenedOutByRule() throws IOException {
    Report clean = report(SECOND, List.of(), List.of());
    Report report =
        new Report(
            clean.stores(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("unreadable", 2L, "quantity", 1L));

    assertThat(json(report).get("screened")).isEqualTo(parse("{\"unreadable\":2,\"quantity\":1}"));
    assertThat(json(report).get("ok").booleanValue()).isTrue();
  }

  @Test
  void jsonNamesWhatDiffers() throws IOException {
    JsonNode document =
        json(report(SECOND, List.of(OFF), List.of(Problem.error(DEC_1, "run it again"))));

    assertThat(document.get("ok").booleanValue()).isFalse();
    assertThat(document.get("differences"))
        .isEqualTo(
            parse(
                """
                [{"ts_date":"2023-12-02","store":"postgres","row":null,"column":"revenue",
                  "expected":"5.0000","found":"5.0001","difference":"0.0001",
                  "query":"SELECT * FROM daily_report.daily_pu_rev WHERE ts_date = '2023-12-02';"}]"""));
    assertThat(document.get("problems"))
        .isEqualTo(
            parse(
                """
                [{"severity":"error","ts_date":"2023-12-01","message":"run it again"}]"""));
    assertThat(document.get("days").get(0).get("ok").booleanValue()).isFalse();
    assertThat(document.get("days").get(1).get("ok").booleanValue()).isFalse();
  }

  @Test
  void aWarningDoesNotUnproveTheNumbers() {
    assertThat(report(SECOND, List.of(), List.of(Problem.warning("3 records"))).ok()).isTrue();
    assertThat(report(SECOND, List.of(), List.of(Problem.error(null, "behind"))).ok()).isFalse();
    assertThat(report(SECOND, List.of(), List.of(Problem.error(null, "behind"))).ok(DEC_1))
        .isFalse();
    assertThat(report(SECOND, List.of(OFF), List.of()).ok(DEC_1)).isTrue();
  }

  private static Report report(
      Figures secondInPostgres, List<Difference> differences, List<Problem> problems) {
    Map<String, StoreReading> stores = new LinkedHashMap<>();
    stores.put("ledger", reading(Figures.ZERO, FIRST.withoutCustomers(), SECOND));
    stores.put("kafka", reading(Figures.ZERO, FIRST, SECOND));
    stores.put("cassandra", reading(Figures.ZERO, FIRST, SECOND));
    stores.put(
        "postgres",
        reading(
            Figures.ZERO.withoutIdChecksum(),
            FIRST.withoutIdChecksum(),
            secondInPostgres.withoutIdChecksum()));
    return new Report(stores, differences, problems);
  }

  private static StoreReading reading(Figures none, Figures first, Figures second) {
    TreeMap<LocalDate, Figures> days = new TreeMap<>(Map.of(DEC_1, first, DEC_2, second));
    return new StoreReading(none, days);
  }

  private static JsonNode json(Report report) throws IOException {
    return parse(new JsonReport(report).text());
  }

  private static JsonNode parse(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
