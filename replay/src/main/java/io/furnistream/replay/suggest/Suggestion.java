package io.furnistream.replay.suggest;

import static java.util.stream.Collectors.joining;

import io.furnistream.replay.lines.CellForms;
import io.furnistream.replay.mapping.ColumnNames;
import io.furnistream.replay.mapping.NumberStyle;
import io.furnistream.replay.mapping.SaleFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A mapping to start from, worked out from the first rows of a file. */
final class Suggestion {

  /**
   * In the order in which they are tried: where both fit, months come first, and a note says so.
   */
  private static final List<String> FORMATS =
      List.of(
          "iso",
          "M/d/yyyy",
          "d/M/yyyy",
          "M/d/yyyy H:mm",
          "d/M/yyyy H:mm",
          "M/d/yyyy h:mm a",
          "M/d/yy",
          "d/M/yy",
          "M/d/yy H:mm",
          "d/M/yy H:mm",
          "d.M.yyyy",
          "d.M.yyyy H:mm",
          "d.M.yy",
          "yyyy/M/d",
          "yyyy/M/d H:mm",
          "M-d-yyyy",
          "d-M-yyyy",
          "d-MMM-yyyy",
          "d MMM yyyy",
          "MMM d, yyyy",
          "MMMM d, yyyy",
          "yyyyMMdd",
          "yyyy-M-d H:mm:ss XX",
          "excel");

  /** Names of columns that may name a row, or together with another one. */
  private static final Pattern KEY =
      Pattern.compile(
          ".*(id|no|number|nr|nummer|key|row|index|pos|position|line|zeile|invoice|order|rechnung|beleg|bon)");

  /** Of ten values, so many must be of a format: the others may be mistakes. */
  private static final long MOST_OF_TEN = 9;

  private static final Set<String> NUMBERS =
      Set.of("quantity", "price", "unit_cost", "discount", "revenue", "profit");

  private final Sample sample;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Suggestion(Sample sample) {
    this.sample = sample;
    Set<String> used = new TreeSet<>();
    Synonyms.all()
        .forEach(
            (field, names) ->
                names.stream()
                    .flatMap(
                        name ->
                            sample.header().stream()
                                .filter(column -> ColumnNames.normalised(column).equals(name)))
                    .filter(used::add)
                    .findFirst()
                    .ifPresent(column -> columns.put(field, column)));
  }

  /** The mapping as YAML, with what is to be looked at as comments. */
  String yaml(String file) {
    String fields = fields();
    String head =
        "key: %s%n".formatted(key())
            + (style().equals(NumberStyle.COMMA) ? "decimal: ','%n".formatted() : "")
            + skipped()
            + "fields:%n".formatted();
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        "# Suggested for %s from its first %,d rows. Look at each line, then try it:%n"
            .formatted(file, sample.rows().size()));
    yaml.append("# furnistream replay --mapping THIS-FILE --dry-run %s%n".formatted(file));
    notes.forEach(note -> yaml.append("# %s%n".formatted(note)));
    return yaml.append(head).append(fields).toString();
  }

  private String key() {
    List<String> likely =
        sample.header().stream()
            .filter(column -> KEY.matcher(ColumnNames.normalised(column)).matches())
            .toList();
    Stream<List<String>> pairs =
        likely.stream()
            .flatMap(
                first ->
                    likely.subList(likely.indexOf(first) + 1, likely.size()).stream()
                        .map(second -> List.of(first, second)));
    return Stream.concat(likely.stream().map(List::of), pairs)
        .filter(sample::areUnique)
        .findFirst()
        .map(key -> key.stream().map(Suggestion::quoted).collect(joining(", ", "[", "]")))
        .orElseGet(
            () -> {
              notes.add(
                  "No column was found that names a row, so all do: a row that you correct counts beside the old one, unless you replay with --replace.");
              return "all_columns";
            });
  }

  private String skipped() {
    List<String> skipped = new ArrayList<>();
    if (sample.hasBlankRows()) {
      skipped.add("blank_rows");
    }
    if (sample.hasRepeatedHeaders()) {
      skipped.add("repeated_headers");
    }
    return skipped.isEmpty() ? "" : "skip: [%s]%n".formatted(String.join(", ", skipped));
  }

  private String fields() {
    StringBuilder fields = new StringBuilder();
    for (String field : Synonyms.all().keySet()) {
      String column = columns.get(field);
      if (column == null) {
        missing(field, fields);
      } else if (field.equals(SaleFields.TIME)) {
        fields.append(
            "  ts: {column: %s, formats: [%s]}%n"
                .formatted(quoted(column), quoted(format(column))));
      } else {
        fields.append("  %s: %s%n".formatted(field, quoted(column)));
      }
    }
    if (!columns.containsKey("price") && columns.containsKey("revenue")) {
      fields.append("  price: {from: revenue}%n".formatted());
    }
    List<String> left =
        sample.header().stream().filter(column -> !columns.containsValue(column)).toList();
    if (!left.isEmpty()) {
      fields.append("# Columns that are not used: %s%n".formatted(String.join(", ", left)));
    }
    return fields.toString();
  }

  private void missing(String field, StringBuilder fields) {
    if (SaleFields.required().contains(field)) {
      notes.add("No column was found for '%s', which each sale needs: name one.".formatted(field));
      fields.append("  %s: TO BE NAMED%n".formatted(field));
    }
    if (field.equals("revenue") && !columns.containsKey("price")) {
      notes.add("No column was found for 'price' or 'revenue': name one.");
    }
  }

  private String format(String column) {
    List<String> values = sample.values(column);
    Map<String, Long> fit = new LinkedHashMap<>();
    FORMATS.forEach(
        format ->
            fit.put(
                format, values.stream().filter(value -> CellForms.isTime(format, value)).count()));
    long most = Collections.max(fit.values());
    List<String> fitting =
        FORMATS.stream()
            .filter(format -> fit.get(format) == most && most * 10 >= values.size() * MOST_OF_TEN)
            .filter(format -> most > 0)
            .toList();
    if (fitting.isEmpty()) {
      notes.add(
          "No format was found for '%s', such as '%s': write one as Java's DateTimeFormatter does."
              .formatted(column, values.isEmpty() ? "" : values.get(0)));
      return "iso";
    }
    values.stream()
        .filter(value -> !CellForms.isTime(fitting.get(0), value))
        .findFirst()
        .ifPresent(
            value ->
                notes.add(
                    "'%s' in '%s' is no time of the format %s: its row would be rejected."
                        .formatted(value, column, fitting.get(0))));
    if (fitting.contains("M/d/yyyy") && fitting.contains("d/M/yyyy")) {
      notes.add("'%s' could have days first, too (d/M/yyyy).".formatted(column));
    }
    return fitting.get(0);
  }

  private NumberStyle style() {
    List<String> values =
        columns.entrySet().stream()
            .filter(entry -> NUMBERS.contains(entry.getKey()))
            .flatMap(entry -> sample.values(entry.getValue()).stream())
            .toList();
    long points = values.stream().filter(v -> CellForms.isNumber(NumberStyle.POINT, v)).count();
    long commas = values.stream().filter(v -> CellForms.isNumber(NumberStyle.COMMA, v)).count();
    return commas > points ? NumberStyle.COMMA : NumberStyle.POINT;
  }

  /** As YAML takes any text. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_ ]*") ? text : "'" + text.replace("'", "''") + "'";
  }
}
