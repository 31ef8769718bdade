package io.furnistream.datagen.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A table of all properties of a store file, made of its schema. */
final class StoreReference {

  private final JsonNode schema;
  private final StringBuilder table =
      new StringBuilder("| property | is | values |\n|---|---|---|\n");

  private StoreReference(JsonNode schema) {
    this.schema = schema;
  }

  static String markdown() throws IOException {
    StoreReference reference =
        new StoreReference(new ObjectMapper().readTree(StoreResources.text("store.schema.json")));
    reference.properties("", reference.schema);
    return reference.table.toString();
  }

  private void properties(String path, JsonNode object) {
    JsonNode required = object.path("required");
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>(object.path("properties").properties());
    if (areAlike(all)) {
      String names = String.join(", ", all.stream().map(Map.Entry::getKey).toList());
      JsonNode first = all.get(0).getValue();
      row(path + ".*", "each of: " + names, first);
      below(path + ".*", first);
      return;
    }
    for (Map.Entry<String, JsonNode> each : all) {
      boolean must = false;
      for (JsonNode name : required) {
        must |= name.asText().equals(each.getKey());
      }
      String at = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
      JsonNode target = target(each.getValue());
      JsonNode described = each.getValue().has("description") ? each.getValue() : target;
      row(at, described.path("description").asText() + (must ? " **Required.**" : ""), target);
      below(at, target);
    }
  }

  /** Months, platforms: many properties that differ in nothing but their names. */
  private static boolean areAlike(List<Map.Entry<String, JsonNode>> properties) {
    return properties.size() > 2
        && properties.stream().map(each -> undescribed(each.getValue())).distinct().count() == 1;
  }

  private static JsonNode undescribed(JsonNode node) {
    ObjectNode copy = node.deepCopy();
    copy.remove("description");
    return copy;
  }

  private void below(String path, JsonNode node) {
    JsonNode target = target(node);
    if (target.has("properties")) {
      properties(path, target);
    }
    if (target.path("additionalProperties").isObject()) {
      JsonNode values = target(target.get("additionalProperties"));
      row(path + ".*", values.path("description").asText(), values);
      below(path + ".*", values);
    }
    JsonNode items = target(target.path("items"));
    if (items.has("properties")) {
      properties(path + "[]", items);
    }
  }

  private JsonNode target(JsonNode node) {
    return node.has("$ref") ? schema.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void row(String path, String description, JsonNode node) {
    table
        .append("| `")
        .append(path)
        .append("` | ")
        .append(description)
        .append(" | ")
        .append(values(target(node)))
        .append(" |\n");
  }

  private String values(JsonNode node) {
    if (node.has("enum")) {
      List<String> names = new ArrayList<>();
      node.get("enum").forEach(name -> names.add(name.asText()));
      return String.join(", ", names);
    }
    if (node.has("anyOf")) {
      return values(node.get("anyOf").get(0));
    }
    if (node.has("items")) {
      return bounds(node, "minItems", "maxItems", "items");
    }
    if (node.has("pattern")) {
      return node.has("maxLength") ? "text" : "`" + node.get("pattern").asText() + "`";
    }
    return bounds(
        node, "minimum", "maximum", node.path("type").asText().equals("integer") ? "whole" : "");
  }

  private static String bounds(JsonNode node, String least, String most, String unit) {
    Iterator<String> words =
        List.of(node.path(least).asText("0"), "to", node.path(most).asText(""), unit).iterator();
    StringBuilder text = new StringBuilder();
    if (!node.has(most)) {
      return "";
    }
    words.forEachRemaining(
        word -> text.append(text.isEmpty() || word.isEmpty() ? "" : " ").append(word));
    return text.toString();
  }
}
