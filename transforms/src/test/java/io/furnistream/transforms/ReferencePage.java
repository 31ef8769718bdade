package io.furnistream.transforms;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

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
   * @param chain what the record goes through
   * @param before the record
   */
  record Example(String title, List<Link> chain, SinkRecord before) {

    /** One transform alone. */
    Example(
        String title,
        Transformation<SinkRecord> transform,
        Map<String, String> properties,
        SinkRecord before) {
      this(title, List.of(new Link("it", transform, properties, null, false)), before);
    }
  }

  /**
   * A transform in a chain.
   *
   * @param name in the connector
   * @param transform not configured
   * @param properties of the transform
   * @param condition which records it is for; null for all
   * @param negated whether it is for the others
   */
  record Link(
      String name,
      Transformation<SinkRecord> transform,
      Map<String, String> properties,
      Condition condition,
      boolean negated) {

    SinkRecord apply(SinkRecord record) {
      transform.configure(runnable(properties));
      try {
        return condition == null || condition.holds(record) != negated
            ? transform.apply(record)
            : record;
      } finally {
        transform.close();
      }
    }

    Map<String, String> connector() {
      Map<String, String> lines = new LinkedHashMap<>();
      String prefix = "transforms." + name + ".";
      lines.put(prefix + "type", transform.getClass().getName());
      new TreeMap<>(properties).forEach((key, value) -> lines.put(prefix + key, value));
      if (condition != null) {
        lines.put(prefix + "predicate", condition.name);
      }
      if (negated) {
        lines.put(prefix + "negate", "true");
      }
      return lines;
    }
  }

  /**
   * A predicate in a chain.
   *
   * @param name in the connector
   * @param predicate not configured
   * @param properties of the predicate
   */
  record Condition(String name, Predicate<SinkRecord> predicate, Map<String, String> properties) {

    boolean holds(SinkRecord record) {
      predicate.configure(properties);
      return predicate.test(record);
    }

    Map<String, String> connector() {
      Map<String, String> lines = new LinkedHashMap<>();
      String prefix = "predicates." + name + ".";
      lines.put(prefix + "type", predicate.getClass().getName());
      new TreeMap<>(properties).forEach((key, value) -> lines.put(prefix + key, value));
      return lines;
    }
  }

  /** What the transform does, in one line of Markdown. */
  String summary() {
    return cell(plain(overview.split("<p/>", -1)[0]));
  }

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
    SinkRecord after = example.before();
    for (Link link : example.chain()) {
      after = link.apply(after);
    }
    List<String> lines = new ArrayList<>();
    lines.add("## Example: " + example.title());
    lines.add("");
    lines.add("```json");
    lines.add(
        connector(example.chain()).entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\": \"" + e.getValue() + "\"")
            .collect(Collectors.joining(",\n")));
    lines.add("```");
    lines.add("");
    lines.add("| | before | after |");
    lines.add("|---|---|---|");
    rows(example.before(), after).forEach((field, cells) -> lines.add(line(field, cells)));
    lines.add("");
    return lines;
  }

  private static Map<String, String> connector(List<Link> chain) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("transforms", chain.stream().map(Link::name).collect(Collectors.joining(",")));
    chain.forEach(link -> lines.putAll(link.connector()));
    List<Condition> conditions =
        chain.stream().map(Link::condition).filter(Objects::nonNull).distinct().toList();
    if (!conditions.isEmpty()) {
      lines.put(
          "predicates", conditions.stream().map(Condition::name).collect(Collectors.joining(",")));
      conditions.forEach(condition -> lines.putAll(condition.connector()));
    }
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
    Map<String, String[]> rows = new LinkedHashMap<>();
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
