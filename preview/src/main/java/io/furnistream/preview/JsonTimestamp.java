package io.furnistream.preview;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.DataException;

/**
 * The time of a {@link JsonRecord}.
 *
 * @param millis since 1970-01-01T00:00:00Z; null where it has none
 * @param type who set it
 */
record JsonTimestamp(Long millis, TimestampType type) {

  private static final JsonTimestamp NONE =
      new JsonTimestamp(null, TimestampType.NO_TIMESTAMP_TYPE);

  private static final String TIMESTAMP = "timestamp";
  private static final String NEEDED =
      "milliseconds since 1970 as a number, or ISO 8601 with an offset, such as"
          + " \"2023-12-01T05:00:00Z\"";

  /** A smaller number is probably in seconds; a text is unambiguous. */
  private static final Instant FIRST_NUMBER = start(1971);

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant END = start(10_000);

  /** By {@code timestamp}: milliseconds, or ISO 8601 with an offset. */
  static JsonTimestamp of(JsonNode json) {
    JsonNode found = json.path(TIMESTAMP);
    if (found.isMissingNode() || found.isNull()) {
      return NONE;
    }
    Instant instant = found.isTextual() ? ofText(found) : ofNumber(found);
    if (instant.isBefore(found.isTextual() ? FIRST : FIRST_NUMBER) || !instant.isBefore(END)) {
      throw JsonRecord.wrong(
          TIMESTAMP, "%s (%s)".formatted(found, instant), NEEDED + ", from 1971 to 9999");
    }
    return new JsonTimestamp(instant.toEpochMilli(), TimestampType.CREATE_TIME);
  }

  private static Instant ofText(JsonNode text) {
    try {
      return OffsetDateTime.parse(text.asText()).toInstant();
    } catch (DateTimeException e) {
      throw JsonRecord.wrong(TIMESTAMP, text, NEEDED);
    }
  }

  private static Instant ofNumber(JsonNode number) {
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw JsonRecord.wrong(TIMESTAMP, number, NEEDED);
    }
    return Instant.ofEpochMilli(number.asLong());
  }

  /**
   * By {@code ts} and {@code tstype}, which kcat leaves out where the broker gave none.
   *
   * @throws DataException when they are not as kcat writes them
   */
  static JsonTimestamp ofKcat(JsonNode json) {
    JsonNode found = json.path("ts");
    String type = json.path("tstype").asText("create");
    if (found.isMissingNode() || type.equals("unknown")) {
      return NONE;
    }
    if (!found.isIntegralNumber() || !found.canConvertToLong() || found.asLong() < 0) {
      throw JsonRecord.wrong("ts", found, "milliseconds since 1970");
    }
    return new JsonTimestamp(
        found.asLong(),
        switch (type) {
          case "create" -> TimestampType.CREATE_TIME;
          case "logappend" -> TimestampType.LOG_APPEND_TIME;
          default ->
              throw JsonRecord.wrong("tstype", json.get("tstype"), "create, logappend or unknown");
        });
  }

  private static Instant start(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
