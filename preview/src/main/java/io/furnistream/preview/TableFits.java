package io.furnistream.preview;

import io.furnistream.connectors.cassandra.ColumnSource;
import io.furnistream.connectors.cassandra.TableMapping;
import io.furnistream.connectors.cassandra.TableMappings;
import io.furnistream.preview.TableFit.ColumnFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads from a connector's configuration which tables and columns a record goes into. */
final class TableFits {

  private static final String CASSANDRA =
      "io.furnistream.connectors.cassandra.CassandraSinkConnector";
  private static final String JDBC = "io.debezium.connector.jdbc.JdbcSinkConnector";
  private static final String POSTGRES = "io.furnistream.connectors.postgres.PostgresSinkConnector";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private TableFits() {}

  static List<TableFit> of(ConnectorFile connector, SinkRecord record) {
    return switch (connector.connectorClass()) {
      case CASSANDRA -> cassandra(connector.config(), record);
      case JDBC, POSTGRES -> List.of(jdbc(connector.config(), record));
      default ->
          List.of(
              new TableFit(
                  null,
                  "Which tables " + connector.connectorClass() + " fills is not known here.",
                  List.of()));
    };
  }

  private static List<TableFit> cassandra(Map<String, String> config, SinkRecord record) {
    List<TableMapping> mappings;
    try {
      mappings = TableMappings.parse(config).of(record.topic());
    } catch (ConfigException e) {
      return List.of(new TableFit(null, e.getMessage(), List.of()));
    }
    return mappings.stream().map(mapping -> cassandra(mapping, record)).toList();
  }

  private static TableFit cassandra(TableMapping mapping, SinkRecord record) {
    Map<String, ColumnFit> columns = new LinkedHashMap<>();
    if (mapping.byName()) {
      Map<String, String> keys = fields(record, KEY);
      Map<String, String> values = fields(record, VALUE);
      Set<String> names = new LinkedHashSet<>(keys.keySet());
      names.addAll(values.keySet());
      names.forEach(name -> columns.put(name, byName(name, keys, values)));
    }
    mapping.columns().forEach(source -> columns.put(source.column(), mapped(source, record)));
    return new TableFit(
        mapping.toString(),
        mapping.byName()
            ? "The mapping has *: a field fills the column of its name, if the table has it."
                + " Cassandra was not asked."
            : null,
        List.copyOf(columns.values()));
  }

  /** Only Cassandra knows which columns are the primary key: where that decides, both are named. */
  private static ColumnFit byName(
      String name, Map<String, String> keys, Map<String, String> values) {
    String inPrimaryKey = sideByName(name, true, keys, values);
    String elsewhere = sideByName(name, false, keys, values);
    if (inPrimaryKey.equals(elsewhere)) {
      return fit(name, elsewhere, typeIn(elsewhere, name, keys, values), false);
    }
    String type = typeIn(elsewhere, name, keys, values);
    String keyType = typeIn(inPrimaryKey, name, keys, values);
    return new ColumnFit(
        name,
        "%s.%s; in the primary key %s.%s".formatted(elsewhere, name, inPrimaryKey, name),
        Objects.equals(type, keyType) ? type : type + "; " + keyType,
        false,
        true);
  }

  /** The part of a record that the sink takes a field from, when one of them has it. */
  private static String sideByName(
      String name, boolean primaryKey, Map<String, String> keys, Map<String, String> values) {
    return ColumnSource.byName(name, primaryKey).stream()
        .map(source -> source.side() == ColumnSource.Side.KEY ? KEY : VALUE)
        .filter(side -> (side.equals(KEY) ? keys : values).containsKey(name))
        .findFirst()
        .orElseThrow();
  }

  private static String typeIn(
      String side, String name, Map<String, String> keys, Map<String, String> values) {
    return (side.equals(KEY) ? keys : values).get(name);
  }

  private static ColumnFit mapped(ColumnSource source, SinkRecord record) {
    return switch (source.side()) {
      case KEY -> mapped(source, KEY, record);
      case VALUE -> mapped(source, VALUE, record);
      case HEADER -> {
        Cell header = Cell.of(record).get("header " + source.field());
        yield new ColumnFit(
            source.column(),
            "header." + source.field(),
            header == null ? null : header.type(),
            false,
            header != null);
      }
      case POSITION ->
          new ColumnFit(source.column(), "record." + source.field(), null, false, true);
    };
  }

  private static ColumnFit mapped(ColumnSource source, String side, SinkRecord record) {
    if (source.field() == null) {
      boolean there = (side.equals(KEY) ? record.key() : record.value()) != null;
      return new ColumnFit(source.column(), side, null, false, there);
    }
    Map<String, String> fields = fields(record, side);
    return new ColumnFit(
        source.column(),
        side + "." + source.field(),
        fields.get(source.field()),
        false,
        // A tombstone has no value, and fits all the same.
        fields.containsKey(source.field()) || (side.equals(VALUE) && record.value() == null));
  }

  private static TableFit jdbc(Map<String, String> config, SinkRecord record) {
    String table =
        config
            .getOrDefault("collection.name.format", "${topic}")
            .replace("${topic}", record.topic());
    Set<String> included = included(config.getOrDefault("field.include.list", ""), record.topic());
    List<ColumnFit> columns = new ArrayList<>();
    Map<String, String> keys = keys(config, record);
    keys.forEach(
        (name, type) ->
            columns.add(
                new ColumnFit(
                    name,
                    keySide(config) + "." + name,
                    type,
                    true,
                    type != null || has(record, keySide(config), name))));
    Map<String, String> values = fields(record, VALUE);
    values.forEach(
        (name, type) -> {
          if (!keys.containsKey(name) && (included == null || included.contains(name))) {
            columns.add(fit(name, VALUE, type, false));
          }
        });
    if (included != null && record.value() != null) {
      for (String name : included) {
        if (!values.containsKey(name) && !keys.containsKey(name)) {
          columns.add(new ColumnFit(name, VALUE + "." + name, null, false, false));
        }
      }
    }
    String note = null;
    if (included != null && included.isEmpty()) {
      note = "field.include.list names no field of topic " + record.topic() + ".";
    } else if (keys.isEmpty()) {
      note = "primary.key.mode is " + mode(config) + ": the configuration makes no primary key.";
    }
    return new TableFit(table, note, columns);
  }

  private static Map<String, String> keys(Map<String, String> config, SinkRecord record) {
    if (!mode(config).equals("record_key") && !mode(config).equals("record_value")) {
      return Map.of();
    }
    Map<String, String> fields = fields(record, keySide(config));
    String named = config.getOrDefault("primary.key.fields", "");
    if (named.isBlank()) {
      return fields;
    }
    Map<String, String> keys = new LinkedHashMap<>();
    Arrays.stream(named.split(",", -1))
        .map(String::strip)
        .forEach(name -> keys.put(name, fields.get(name)));
    return keys;
  }

  private static String mode(Map<String, String> config) {
    return config.getOrDefault("primary.key.mode", "none");
  }

  private static String keySide(Map<String, String> config) {
    return mode(config).equals("record_key") ? KEY : VALUE;
  }

  /** Null when every field is included. */
  private static Set<String> included(String list, String topic) {
    if (list.isBlank()) {
      return null;
    }
    String prefix = topic + ":";
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(entry -> entry.startsWith(prefix) || entry.indexOf(':') < 0)
        .map(entry -> entry.substring(entry.indexOf(':') + 1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean has(SinkRecord record, String side, String name) {
    return fields(record, side).containsKey(name);
  }

  private static ColumnFit fit(String name, String side, String type, boolean primaryKey) {
    return new ColumnFit(name, side + "." + name, type, primaryKey, true);
  }

  /** Top-level fields of a part and their types; a type is null without a schema. */
  private static Map<String, String> fields(SinkRecord record, String side) {
    Map<String, String> fields = new LinkedHashMap<>();
    String prefix = side + ".";
    Cell.of(record)
        .forEach(
            (name, cell) -> {
              if (name.startsWith(prefix)) {
                String field = name.substring(prefix.length());
                int dot = field.indexOf('.');
                fields.put(
                    dot < 0 ? field : field.substring(0, dot), dot < 0 ? cell.type() : "struct");
              }
            });
    return fields;
  }
}
