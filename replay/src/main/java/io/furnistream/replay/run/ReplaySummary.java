package io.furnistream.replay.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.schemas.DaySums;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a replay came to. Each row that was read is in one of its counts. */
public final class ReplaySummary {

  /** Places that are named; there may be as many as rows. */
  private static final int MOST_PLACES = 100;

  private final String dataset;
  private final boolean dry;
  private final SortedMap<String, Long> rejected = new TreeMap<>();
  private final SortedMap<String, Long> unknownPlaces = new TreeMap<>();
  private final Set<String> rejectedFiles = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final SortedSet<LocalDate> changed = new TreeSet<>();
  private long rows;
  private long skipped;
  private long duplicates;
  private long corrected;
  private long unplaced;
  private long records;
  private long sent;
  private long takenBack;
  private long days;
  private BigDecimal revenue = Money.ZERO;
  private LocalDate first;
  private LocalDate last;

  ReplaySummary(String dataset, boolean dry) {
    this.dataset = dataset;
    this.dry = dry;
  }

  void note(String note) {
    if (!note.isEmpty()) {
      notes.add(note);
    }
  }

  void row() {
    rows++;
  }

  void skipped() {
    skipped++;
  }

  /** Counts a row that is no sale, and where it was written. */
  void reject(String field, Path to) {
    rejected.merge(field, 1L, Long::sum);
    rejectedFiles.add(to.toString());
  }

  void unplaced(String place) {
    unplaced++;
    if (unknownPlaces.size() < MOST_PLACES || unknownPlaces.containsKey(place)) {
      unknownPlaces.merge(place, 1L, Long::sum);
    }
  }

  void superseded(long same, long other) {
    duplicates = same;
    corrected = other;
  }

  void sent() {
    sent++;
  }

  void takenBack() {
    takenBack++;
  }

  /** Adds a day of the files; those that hold something come in order. */
  void day(LocalDate day, DaySums figures, boolean isChanged) {
    if (figures.records() > 0) {
      days++;
      first = first == null ? day : first;
      last = day;
    }
    records += figures.records();
    revenue = revenue.add(figures.revenue());
    if (isChanged) {
      changed.add(day);
    }
  }

  /** Adds a day that an earlier try has changed. */
  void changed(LocalDate day) {
    changed.add(day);
  }

  /** How many rows are no sales. */
  long rejectedRows() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For people: a line a figure. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "Dataset", dataset + (dry ? " (a dry run: nothing was written)" : ""));
    line(text, "Rows read", format("%,d", rows));
    line(text, "Skipped", format("%,d (blank, or a repeated header)", skipped));
    line(
        text,
        "Records",
        format("%,d", records)
            + (dry ? "" : format(" (%,d written, %,d taken back)", sent, takenBack)));
    line(text, "Duplicates", format("%,d", duplicates));
    line(text, "Corrected", format("%,d", corrected));
    line(
        text,
        "Rejected",
        format("%,d%s", rejectedRows(), rejected.isEmpty() ? "" : " " + rejected));
    rejectedFiles.forEach(file -> line(text, "", file + ": which rows, and why"));
    line(
        text,
        "Unknown places",
        format("%,d%s", unplaced, unknownPlaces.isEmpty() ? "" : " " + unknownPlaces));
    line(text, "Days", first == null ? "0" : format("%,d (%s to %s)", days, first, last));
    line(text, "Revenue", format("%,.4f", revenue));
    notes.forEach(note -> line(text, "Note", note));
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(format("%-15s %s%n", name, value));
  }

  /** The same wherever it runs: with a point before decimals, and a comma between thousands. */
  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  /** One JSON document; money is text, since many readers of JSON make a float of a number. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("dataset", dataset)
            .put("dry_run", dry)
            .put("rows", rows)
            .put("skipped", skipped)
            .put("records", records)
            .put("written", sent)
            .put("taken_back", takenBack)
            .put("duplicates", duplicates)
            .put("corrected", corrected)
            .put("unlocated", unplaced)
            .put("days", days)
            .put("from", first == null ? null : first.toString())
            .put("to", last == null ? null : last.toString())
            .put("revenue", revenue.toPlainString())
            .put("rejected", rejectedRows());
    put(json.putObject("rejected_by_field"), rejected);
    rejectedFiles.forEach(json.putArray("rejected_files")::add);
    put(json.putObject("unknown_places"), unknownPlaces);
    notes.forEach(json.putArray("notes")::add);
    changed.forEach(day -> json.withArray("changed_days").add(day.toString()));
    return json;
  }

  private static void put(ObjectNode json, Map<String, Long> counts) {
    counts.forEach(json::put);
  }
}
