package io.furnistream.preview;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records in a file of JSON: documents one after another, a line each or over several, each a
 * {@link JsonRecord} or a list of them.
 */
final class JsonSamples {

  /** Amounts keep the digits that the file has; two values for one name are refused. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final String NOT_UTF8 = "Invalid UTF-8";

  private final Path file;
  private final Reading reading;

  /**
   * A file.
   *
   * @param reading how the connector's records are read
   */
  JsonSamples(Path file, Reading reading) {
    this.file = file;
    this.reading = reading;
  }

  /**
   * The first records.
   *
   * @throws CannotRunException naming the record and its line, when one cannot be read
   */
  Samples read() throws IOException {
    List<Sample> records = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        if (isEdgeOfList(parser)) {
          continue;
        }
        if (records.size() == Samples.MOST) {
          return new Samples(records, true);
        }
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode json = parser.readValueAsTree();
        records.add(Sample.of(record(json, records.size() + 1, line)));
      }
    } catch (JsonProcessingException e) {
      throw new CannotRunException(
          "%s, line %d: neither an Avro container file nor JSON: %s%s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage(),
                  e.getOriginalMessage().startsWith(NOT_UTF8) ? ". Save it as UTF-8." : ""),
          e);
    }
    return new Samples(records, false);
  }

  /** Whether a list of records begins or ends here. */
  private static boolean isEdgeOfList(JsonParser parser) {
    return parser.currentToken() == JsonToken.END_ARRAY
        || (parser.currentToken() == JsonToken.START_ARRAY
            && parser.getParsingContext().getParent().inRoot());
  }

  private SinkRecord record(JsonNode json, int number, int line) throws IOException {
    try {
      return JsonRecord.read(json, reading);
    } catch (DataException e) {
      throw new CannotRunException(
          "%s, record %d (line %d): %s".formatted(file, number, line, e.getMessage()), e);
    }
  }
}
