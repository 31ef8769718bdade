package io.furnistream.transforms;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * The page that says what a transform does, made from its code: its overview, its properties, and
 * examples that are run to make the page.
 *
 * @param name of the page and the transform
 * @param overview its OVERVIEW_DOC
 * @param properties its CONFIG_DEF
 * @param notes what the properties do not say
 * @param examples at least one
 */
record ReferencePage(
    String name,
    String overview,
    ConfigDef properties,
    List<String> notes,
    List<Example> examples) {

  /**
   * A record before and after.
   *
   * @param title what it shows
   * @param transform not configured
   * @param properties of the transform
   * @param before the record
   */
  record Example(
      String title,
      Transformation<SinkRecord> transform,
      Map<String, String> properties,
      SinkRecord before) {}

  /** The page as Markdown. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + name);
    lines.add("");
    lines.add("<!-- Made from the code by ReferencePagesTest; an edit here is lost. -->");
    lines.add("");
    lines.add(plain(overview).replace("<p/>", "\n\n"));
    lines.add("");
    lines.add("## Properties");
    lines.add("");
    lines.add("| property | type | default | valid | meaning |");
    lines.add("|---|---|---|---|---|");
    properties.configKeys().values().forEach(key -> lines.add(row(key)));
    lines.add("");
    notes.forEach(note -> lines.add("- " + note));
    if (!notes.isEmpty()) {
      lines.add("");
    }
    examples.forEach(example -> lines.addAll(section(example)));
    return String.join("\n", lines).strip() + "\n";
  }

  private static String row(ConfigDef.ConfigKey key) {
    String valid = key.validator == null ? "" : cell(key.validator.toString());
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            key.name,
            key.type.name().toLowerCase(Locale.ROOT),
            defaultValue(key),
            valid,
            cell(plain(key.documentation)));
  }

  private static String defaultValue(ConfigDef.ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    if (key.defaultValue == null) {
      return "none";
    }
    String text = ConfigDef.convertToString(key.defaultValue, key.type);
    return text.isEmpty() ? "empty" : "`" + text + "`";
  }

  private static String plain(String html) {
    return html.replace("<code>", "`").replace("</code>", "`");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static List<String> section(Example example) {
    example.transform().configure(runnable(example.properties()));
    SinkRecord after = example.transform().apply(example.before());
    example.transform().close();
    List<String> lines = new ArrayList<>();
    lines.add("## Example: " + example.title());
    lines.add("");
    lines.add("```json");
    lines.add("\"transforms\": \"it\",");
    lines.add(
        "\"transforms.it.type\": \""
            + example.transform().getClass().getName()
            + "\""
            + (example.properties().isEmpty() ? "" : ","));
    lines.add(
        new TreeMap<>(example.properties())
            .entrySet().stream()
                .map(e -> "\"transforms.it." + e.getKey() + "\": \"" + e.getValue() + "\"")
                .collect(Collectors.joining(",\n")));
    lines.add("```");
    lines.add("");
    lines.add("| | before | after |");
    lines.add("|---|---|---|");
    rows(example.before(), after).forEach((field, cells) -> lines.add(line(field, cells)));
    lines.add("");
    return lines;
  }

  /** With files that are there instead of those that the page names. */
  private static Map<String, String> runnable(Map<String, String> properties) {
    Map<String, String> runnable = new TreeMap<>(properties);
    runnable.computeIfPresent(
        "table.file",
        (name, file) -> Path.of("src/test/tables/states.csv").toAbsolutePath().toString());
    runnable.computeIfPresent(
        "rules.file",
        (name, file) -> Path.of("src/test/rules/sales.json").toAbsolutePath().toString());
    return runnable;
  }

  private static String line(String field, String[] cells) {
    String before = cells[0] == null ? "" : cells[0];
    String after = cells[1] == null ? "" : cells[1];
    return "| %s | %s | %s |"
        .formatted(field, before, after.equals(before) ? after : "**" + after + "**");
  }

  private static Map<String, String[]> rows(SinkRecord before, SinkRecord after) {
    Map<String, String[]> rows = new java.util.LinkedHashMap<>();
    collect(rows, 0, before);
    collect(rows, 1, after);
    return rows;
  }

  private static void collect(Map<String, String[]> rows, int side, SinkRecord record) {
    put(rows, side, "topic", record.topic());
    collect(rows, side, "key", record.keySchema(), record.key());
    collect(rows, side, "value", record.valueSchema(), record.value());
    for (Header header : record.headers()) {
      put(rows, side, "header `" + header.key() + "`", String.valueOf(header.value()));
    }
  }

  private static void collect(
      Map<String, String[]> rows, int side, String name, Schema schema, Object value) {
    if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        collect(
            rows,
            side,
            name + "." + field.name(),
            field.schema(),
            struct.getWithoutDefault(field.name()));
      }
    } else if (value != null || schema != null) {
      put(rows, side, "`" + name + "`", text(value) + " (" + type(schema) + ")");
    }
  }

  private static void put(Map<String, String[]> rows, int side, String name, String text) {
    rows.computeIfAbsent(name, absent -> new String[2])[side] = text;
  }

  private static String text(Object value) {
    return value instanceof java.util.Date date ? date.toInstant().toString() : cell("" + value);
  }

  private static String type(Schema schema) {
    String name =
        schema.name() == null
            ? schema.type().getName()
            : schema.name().substring(schema.name().lastIndexOf('.') + 1);
    return schema.isOptional() ? name + ", optional" : name;
  }
}
