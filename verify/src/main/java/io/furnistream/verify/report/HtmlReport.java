package io.furnistream.verify.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.Column;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The report as one page that needs nothing else: each store's totals, the days as a calendar, each
 * table, and each difference with the query that shows it.
 */
public final class HtmlReport {

  private static final String TEMPLATE = "report.mustache";
  private static final String UNKNOWN = "\u2013";

  private final Report report;
  private final Instant time;

  /**
   * A report as a page.
   *
   * @param time when it was proved
   */
  public HtmlReport(Report report, Instant time) {
    this.report = report;
    this.time = time;
  }

  /** The page. Whatever text records brought is escaped. */
  public String text() {
    try (InputStream resource = HtmlReport.class.getResourceAsStream(TEMPLATE);
        InputStreamReader reader = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
      Template template = Mustache.compiler().emptyStringIsFalse(true).compile(reader);
      return template.execute(page());
    } catch (IOException e) {
      throw new UncheckedIOException(TEMPLATE + " cannot be read", e);
    }
  }

  private Map<String, Object> page() {
    SortedSet<LocalDate> days = report.days();
    return Map.of(
        "ok", report.ok(),
        "verdict", TextReport.verdict(report),
        "time", time.truncatedTo(ChronoUnit.SECONDS).toString(),
        "columns", Stream.of(Column.values()).map(Column::text).toList(),
        "stores", report.stores().keySet().stream().map(this::store).toList(),
        "months", months(days),
        "tables",
            report.tables().stream()
                .map(
                    table ->
                        Map.of(
                            "name", table.name(),
                            "rows", table.rows(),
                            "agree", table.agreeing(),
                            "ok", table.differing() == 0))
                .toList(),
        "differences", report.differences().stream().map(HtmlReport::difference).toList(),
        "problems", report.problems().stream().map(HtmlReport::problem).toList());
  }

  private Map<String, Object> store(String name) {
    Figures total = report.total(name);
    List<String> figures = new ArrayList<>();
    for (Column column : Column.values()) {
      Object value = column.of(total);
      figures.add(value == null ? UNKNOWN : Cell.text(value));
    }
    boolean differs = report.differences().stream().anyMatch(difference -> difference.isIn(name));
    return Map.of("name", name, "figures", figures, "ok", !differs);
  }

  private List<Map<String, Object>> months(SortedSet<LocalDate> days) {
    TreeMap<YearMonth, List<Map<String, Object>>> months = new TreeMap<>();
    for (LocalDate day : days) {
      List<Map<String, Object>> month =
          months.computeIfAbsent(YearMonth.from(day), m -> new ArrayList<>());
      month.add(day(day));
    }
    List<Map<String, Object>> all = new ArrayList<>();
    months.forEach(
        (month, cells) ->
            all.add(
                Map.of(
                    "name",
                    month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        + " "
                        + month.getYear(),
                    "days",
                    cells)));
    return all;
  }

  private Map<String, Object> day(LocalDate day) {
    Figures known = report.known(day);
    return Map.of(
        "number", day.getDayOfMonth(),
        // Where the first of a month stands in its week says where all others do.
        "column", day.getDayOfWeek().getValue(),
        "row", (day.getDayOfMonth() + day.withDayOfMonth(1).getDayOfWeek().getValue() + 5) / 7,
        "state", state(day),
        "title",
            "%s: %s records, revenue %s"
                .formatted(day, text(known.records()), text(known.revenue())));
  }

  private String state(LocalDate day) {
    if (!report.ok(day)) {
      return "differs";
    }
    boolean isAll =
        report.stores().keySet().stream()
            .filter(name -> !name.equals(Comparison.LEDGER))
            .allMatch(name -> report.states(name, day));
    return isAll ? "ok" : "partly";
  }

  private static Map<String, Object> difference(Difference difference) {
    return Map.of("words", difference.inWords(), "query", ShowingQuery.of(difference).orElse(""));
  }

  private static Map<String, Object> problem(Problem problem) {
    return Map.of("isError", problem.isError(), "words", problem.inWords());
  }

  private static String text(Object value) {
    return value == null ? "unknown" : Cell.text(value);
  }
}
