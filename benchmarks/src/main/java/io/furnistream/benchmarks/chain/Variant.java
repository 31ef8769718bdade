package io.furnistream.benchmarks.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The connector that is measured. */
enum Variant {
  /** As its file says. */
  AS_IT_IS,
  /** With its chain, but writing only the columns that the topic itself has. */
  SAME_COLUMNS,
  /** Without transforms and predicates. */
  WITHOUT_CHAIN;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "cassandra-daily-records.json";
  private static final String MAPPING = "topic.daily_records.furniture.daily_records.mapping";

  /**
   * Writes the connector's file under another name, so that it reads its topics from the beginning.
   *
   * @param connectors holds the running connectors' files
   * @param folder where it is written, alone
   */
  void write(Path connectors, Path folder, String connector) throws IOException {
    JsonNode definition = JSON.readTree(connectors.resolve(FILE).toFile());
    ObjectNode config = (ObjectNode) definition.get("config");
    if (this == WITHOUT_CHAIN) {
      config.properties().removeIf(entry -> isOfChain(entry.getKey()));
    } else if (this == SAME_COLUMNS) {
      config.put(MAPPING, topicsOwnColumns());
    }
    ObjectNode renamed = JSON.createObjectNode().put("name", connector);
    renamed.set("config", config);
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(connector + ".json").toFile(), renamed);
  }

  /** Key and value, each column named as its field. */
  private static String topicsOwnColumns() {
    Map<String, String> columns = new TreeMap<>();
    for (Schema.Field field : Topic.DAILY_RECORDS.valueSchema().getFields()) {
      columns.put(field.name(), "value." + field.name());
    }
    for (Schema.Field field : Topic.DAILY_RECORDS.keySchema().getFields()) {
      columns.put(field.name(), "key." + field.name());
    }
    return columns.entrySet().stream()
        .map(column -> column.getKey() + "=" + column.getValue())
        .collect(Collectors.joining(", "));
  }

  private static boolean isOfChain(String property) {
    return property.startsWith("transforms") || property.startsWith("predicates");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
