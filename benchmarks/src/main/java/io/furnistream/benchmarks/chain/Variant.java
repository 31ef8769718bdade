package io.furnistream.benchmarks.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The connector that is measured: as its file says, or without what changes its records. */
enum Variant {
  WITH_CHAIN,
  WITHOUT_CHAIN;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "cassandra-daily-records.json";

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
    }
    ObjectNode renamed = JSON.createObjectNode().put("name", connector);
    renamed.set("config", config);
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(connector + ".json").toFile(), renamed);
  }

  private static boolean isOfChain(String property) {
    return property.startsWith("transforms") || property.startsWith("predicates");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
