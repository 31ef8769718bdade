package io.furnistream.replay.mapping;

import io.furnistream.replay.mapping.FieldSource.Constant;
import io.furnistream.replay.mapping.FieldSource.Derivation;
import io.furnistream.replay.mapping.FieldSource.Derived;
import io.furnistream.replay.mapping.FieldSource.FromColumn;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads mappings, which are YAML. What cannot be meant is refused with its line. */
public final class MappingReader {

  /** Takes the place of a list of columns: all of them name a row. */
  static final String ALL_COLUMNS = "all_columns";

  private static final Set<String> KEYS =
      ordered("key", "encoding", "delimiter", "zone", "decimal", "skip", "fields");
  private static final Set<String> FIELD_KEYS =
      ordered("column", "pattern", "default", "formats", "value", "from");

  /** Formats of times that are not Java's. */
  private static final Set<String> OWN_FORMATS = Set.of("excel", "iso");

  private static final int LARGEST = 1 << 20;

  private final String file;

  private MappingReader(String file) {
    this.file = file;
  }

  /**
   * Reads a mapping.
   *
   * @param file names it in messages
   * @param yaml its text
   * @throws MappingException when it cannot be used
   */
  public static Mapping read(String file, String yaml) {
    return new MappingReader(file).read(yaml);
  }

  private Mapping read(String yaml) {
    YamlNode root = new YamlNode(file, parse(yaml));
    Map<String, YamlNode> entries = root.entries("A mapping", KEYS);
    YamlNode fieldsNode = entries.get("fields");
    if (fieldsNode == null) {
      throw root.wrong("'fields' is missing: it says what the fields of a sale are made of");
    }
    Map<String, FieldSource> fields = fields(fieldsNode);
    return new Mapping(
        file,
        key(root, entries.get("key")),
        Optional.ofNullable(entries.get("encoding")).map(node -> node.text("'encoding'")),
        Optional.ofNullable(entries.get("delimiter")).map(MappingReader::delimiter),
        Optional.ofNullable(entries.get("zone")).map(MappingReader::zone),
        entries.containsKey("decimal") ? numbers(entries.get("decimal")) : NumberStyle.POINT,
        skipped(entries.get("skip")),
        fields);
  }

  private Node parse(String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST).build();
    try {
      return new Compose(settings)
          .composeString(yaml)
          .orElseThrow(() -> new MappingException(file + " is empty"));
    } catch (MarkedYamlEngineException e) {
      throw new MappingException(
          "%s, line %d: this is not YAML: %s"
              .formatted(
                  file,
                  e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                  e.getProblem()));
    } catch (StackOverflowError e) {
      throw new MappingException("%s is nested too deeply for a mapping".formatted(file));
    } catch (YamlEngineException e) {
      throw new MappingException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static List<String> key(YamlNode root, YamlNode node) {
    if (node == null) {
      throw root.wrong(
          "'key' is missing: the columns that name a row, or %s".formatted(ALL_COLUMNS));
    }
    if (node.isText() && node.text("'key'").equals(ALL_COLUMNS)) {
      return List.of();
    }
    List<String> columns =
        node.items().stream().map(item -> item.text("A column of 'key'")).distinct().toList();
    if (columns.isEmpty()) {
      throw node.wrong("'key' has no column. Name some, or write %s".formatted(ALL_COLUMNS));
    }
    return columns;
  }

  private static char delimiter(YamlNode node) {
    String text = node.text("'delimiter'");
    String character = text.equals("tab") ? "\t" : text;
    if (character.length() != 1 || "\"\r\n".contains(character)) {
      throw node.wrong("'delimiter' is one character or tab, not '%s'".formatted(text));
    }
    return character.charAt(0);
  }

  private static ZoneId zone(YamlNode node) {
    String text = node.text("'zone'");
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw node.wrong("'%s' is not a time zone. Write one such as Europe/Berlin".formatted(text));
    }
  }

  private static NumberStyle numbers(YamlNode node) {
    String text = node.text("'decimal'");
    return switch (text) {
      case "." -> NumberStyle.POINT;
      case "," -> NumberStyle.COMMA;
      default -> throw node.wrong("'decimal' is '.' or ',', not '%s'".formatted(text));
    };
  }

  private static Set<Mapping.Skipped> skipped(YamlNode node) {
    Set<Mapping.Skipped> skipped = EnumSet.noneOf(Mapping.Skipped.class);
    for (YamlNode item : node == null ? List.<YamlNode>of() : node.items()) {
      String name = item.text("An item of 'skip'");
      skipped.add(
          Arrays.stream(Mapping.Skipped.values())
              .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      item.wrong(
                          "'skip' has no '%s'. It may have: blank_rows, repeated_headers"
                              .formatted(name))));
    }
    return skipped;
  }

  private static Map<String, FieldSource> fields(YamlNode node) {
    Map<String, FieldSource> fields = new LinkedHashMap<>();
    node.entries("A sale", SaleFields.mapped())
        .forEach((field, source) -> fields.put(field, source(field, source)));
    for (String required : SaleFields.required()) {
      if (!fields.containsKey(required)) {
        throw node.wrong("'%s' is missing: no sale can do without it".formatted(required));
      }
    }
    if (!fields.containsKey("price") && !fields.containsKey("revenue")) {
      throw node.wrong("'price' or 'revenue' is missing: what did it sell for?");
    }
    fields.forEach((field, source) -> requireMade(node, field, source, fields.keySet()));
    return fields;
  }

  private static void requireMade(
      YamlNode node, String field, FieldSource source, Set<String> made) {
    if (source instanceof Derived derived && !made.contains(derived.derivation().from())) {
      throw node.wrong(
          "'%s' is made from '%s', which nothing makes"
              .formatted(field, derived.derivation().from()));
    }
  }

  private static FieldSource source(String field, YamlNode node) {
    if (node.isText()) {
      return new FromColumn(node.text("A column"), Optional.empty(), Optional.empty(), List.of());
    }
    Map<String, YamlNode> entries = node.entries("'" + field + "'", FIELD_KEYS);
    List<String> kinds =
        entries.keySet().stream().filter(Set.of("column", "value", "from")::contains).toList();
    if (kinds.size() != 1) {
      throw node.wrong("'%s' has one of these: column, value, from".formatted(field));
    }
    return switch (kinds.get(0)) {
      case "column" -> column(field, entries);
      case "value" -> {
        requireAlone(field, entries, node);
        yield new Constant(entries.get("value").text("'value'"));
      }
      default -> {
        requireAlone(field, entries, node);
        yield derived(field, entries.get("from"));
      }
    };
  }

  private static void requireAlone(String field, Map<String, YamlNode> entries, YamlNode node) {
    if (entries.size() > 1) {
      throw node.wrong(
          "'%s' reads no column, and has one of: pattern, default, formats".formatted(field));
    }
  }

  private static FieldSource column(String field, Map<String, YamlNode> entries) {
    YamlNode formats = entries.get("formats");
    if (formats != null && !field.equals(SaleFields.TIME)) {
      throw formats.wrong("'%s' is not a time: it has no formats".formatted(field));
    }
    return new FromColumn(
        entries.get("column").text("'column'"),
        Optional.ofNullable(entries.get("pattern")).map(MappingReader::pattern),
        Optional.ofNullable(entries.get("default")).map(node -> node.text("'default'")),
        formats == null ? List.of() : formats.items().stream().map(MappingReader::format).toList());
  }

  private static String format(YamlNode node) {
    String text = node.text("A format");
    if (text.isBlank()) {
      throw node.wrong("a format is empty. Write one such as M/d/yyyy, iso or excel");
    }
    if (!OWN_FORMATS.contains(text)) {
      try {
        var unused = DateTimeFormatter.ofPattern(text, Locale.US);
      } catch (IllegalArgumentException e) {
        throw node.wrong(
            "'%s' is not a format of times: %s. Write one such as M/d/yyyy, iso or excel; other letters go into quotes, as in yyyy-MM-dd'T'HH:mm"
                .formatted(text, e.getMessage()));
      }
    }
    return text;
  }

  private static Pattern pattern(YamlNode node) {
    String text = node.text("'pattern'");
    try {
      Pattern pattern = Pattern.compile(text, Pattern.UNICODE_CHARACTER_CLASS);
      if (pattern.matcher("").groupCount() < 1) {
        throw node.wrong("'%s' has no group: put what is to be taken in ( )".formatted(text));
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw node.wrong("'%s' is not a pattern: %s".formatted(text, e.getDescription()));
    }
  }

  private static FieldSource derived(String field, YamlNode node) {
    String from = node.text("'from'");
    return Arrays.stream(Derivation.values())
        .filter(each -> each.field().equals(field) && each.from().equals(from))
        .findFirst()
        .map(Derived::new)
        .orElseThrow(
            () ->
                node.wrong(
                    "'%s' cannot be made from '%s'. What can be made: %s"
                        .formatted(
                            field,
                            from,
                            Arrays.stream(Derivation.values())
                                .map(each -> each.field() + " from " + each.from())
                                .collect(Collectors.joining(", ")))));
  }

  private static Set<String> ordered(String... names) {
    return new TreeSet<>(List.of(names));
  }
}
