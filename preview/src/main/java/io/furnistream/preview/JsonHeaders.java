package io.furnistream.preview;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.storage.HeaderConverter;

/** The headers of a {@link JsonRecord}. */
final class JsonHeaders {

  private final Headers headers = new ConnectHeaders();

  private final HeaderConverter converter;

  private JsonHeaders(HeaderConverter converter) {
    this.converter = converter;
  }

  /**
   * Reads an object, or a list of {@code {"key", "value"}}; of kcat's, an object with a list for
   * each name, or a list in which names and values alternate.
   *
   * @param found missing or null for none
   * @param converter what a worker would read them with
   * @throws DataException when they are none of it
   */
  static Headers of(JsonNode found, boolean kcat, HeaderConverter converter) throws IOException {
    JsonHeaders read = new JsonHeaders(converter);
    if (found.isObject()) {
      for (Map.Entry<String, JsonNode> header : found.properties()) {
        read.addNamed(header.getKey(), header.getValue(), kcat);
      }
    } else if (found.isArray() && kcat) {
      read.addTurns(found);
    } else if (found.isArray()) {
      read.addPairs(found);
    } else if (!found.isMissingNode() && !found.isNull()) {
      throw wrong(found);
    }
    return read.headers;
  }

  private void addNamed(String name, JsonNode value, boolean kcat) throws IOException {
    if (kcat && value.isArray()) {
      for (JsonNode one : value) {
        add(name, one);
      }
    } else {
      add(name, value);
    }
  }

  private void addTurns(JsonNode found) throws IOException {
    for (int i = 0; i < found.size(); i += 2) {
      if (!found.get(i).isTextual() || i + 1 == found.size()) {
        throw wrong(found);
      }
      add(found.get(i).asText(), found.get(i + 1));
    }
  }

  private void addPairs(JsonNode found) throws IOException {
    for (JsonNode header : found) {
      if (header.size() != 2 || !header.path("key").isTextual() || !header.has("value")) {
        throw wrong(found);
      }
      add(header.get("key").asText(), header.get("value"));
    }
  }

  private void add(String name, JsonNode value) throws IOException {
    byte[] bytes =
        value.isTextual()
            ? value.asText().getBytes(StandardCharsets.UTF_8)
            : JsonSamples.JSON.writeValueAsBytes(value);
    headers.add(
        name,
        value.isNull() ? SchemaAndValue.NULL : converter.toConnectHeader("sample", name, bytes));
  }

  private static DataException wrong(JsonNode found) {
    return JsonRecord.wrong(
        "headers",
        found,
        "an object, or a list of {\"key\": …, \"value\": …} (of kcat's, a list in which names and"
            + " values take turns)");
  }
}
