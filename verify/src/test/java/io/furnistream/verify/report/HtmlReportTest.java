package io.furnistream.verify.report;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final Instant AT = Instant.parse("2023-12-03T10:00:00.5Z");
  private static final StoreReading DAYS =
      new StoreReading(
          Figures.ZERO, new TreeMap<>(Map.of(DEC_1, Figures.ZERO, DEC_2, Figures.ZERO)));

  @Test
  void aDayWithADifferenceHasItsColourAndTheQueryThatShowsIt() {
    String page =
        page(
            List.of(
                difference("cassandra.daily_records", "state", "3", "0-1"),
                difference("postgres.daily_state", "revenue", "Germany", "Bad O'Brien")),
            List.of());

    assertThat(page)
        .contains(
            "NOT proved",
            "2023-12-03T10:00:00Z",
            "<div class=\"differs\" style=\"grid-column:5;grid-row:1\"",
            "<div class=\"ok\" style=\"grid-column:6;grid-row:1\"",
            "SELECT * FROM furniture.daily_records WHERE ts_date = '2023-12-01' AND bucket = 3 AND ts_id = 0-1;",
            "AND country = 'Germany' AND state = 'Bad O''Brien';")
        .doesNotContain("{{", "None.</p>\n<div");
  }

  /** What records say may be anything. */
  @Test
  void textOfRecordsIsEscaped() {
    String page =
        page(
            List.of(difference("postgres.daily_state", "row", "<script>alert(1)</script>", "x")),
            List.of(Problem.warning("a <b>bold</b> warning")));

    assertThat(page).doesNotContain("<script", "<b>").contains("&lt;script&gt;alert(1)");
  }

  @Test
  void whereAllAgreeNothingIsListed() {
    assertThat(page(List.of(), List.of()))
        .contains("<h1 class=\"ok\">", "Every store agrees", "<p>None.</p>")
        .doesNotContain("<code></code>");
  }

  private static Difference difference(String store, String column, String... key) {
    return Difference.ofRow(DEC_1, store, List.of(key), column, 1L, 2L);
  }

  private static String page(List<Difference> differences, List<Problem> problems) {
    Map<String, StoreReading> stores = new LinkedHashMap<>();
    List.of("ledger", "kafka", "cassandra", "postgres").forEach(name -> stores.put(name, DAYS));
    String page =
        new HtmlReport(
                new Report(
                    stores,
                    differences,
                    problems,
                    List.of(new ComparedTable("postgres.daily_state", 2, 1, List.of())),
                    Map.of()),
                AT)
            .text();
    // As the page shows it, but for what would be markup.
    return page.replace("&#x3D;", "=").replace("&#39;", "'");
  }
}
