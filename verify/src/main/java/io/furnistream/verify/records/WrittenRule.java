package io.furnistream.verify.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * A rule as its file has it, judged value by value, as the table in {@code screening/README.md}
 * reads, and by none of that module's code. It knows the properties that the files of sales have.
 */
final class WrittenRule {

  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "field",
          "doc",
          "required",
          "not_null",
          "schema",
          "type",
          "max_length",
          "min",
          "max",
          "except",
          "not_before",
          "not_after",
          "equals_key",
          "bucket_of",
          "buckets",
          "partitions");

  private final String name;
  private final String field;
  private final boolean isRequired;
  private final boolean isNotNull;
  private final List<String> schema = new ArrayList<>();
  private final String type;
  private final int maxLength;
  private final BigDecimal min;
  private final BigDecimal max;
  private final List<BigDecimal> except = new ArrayList<>();
  private final LocalDate notBefore;
  private final LocalDate notAfter;
  private final String equalsKey;
  private final String bucketOf;
  private final int buckets;
  private final int partitions;

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException when it has a property that is not known here: what it asks
   *     would go unchecked
   */
  WrittenRule(JsonNode rule, PlatformSettings settings) {
    rule.fieldNames()
        .forEachRemaining(
            property -> {
              if (!KNOWN.contains(property)) {
                throw new IllegalArgumentException(
                    "The second reading of the rules does not know '%s': %s"
                        .formatted(property, rule));
              }
            });
    this.name = rule.get("name").textValue();
    this.field = rule.get("field").textValue();
    this.isRequired = rule.has("required");
    this.isNotNull = rule.has("not_null");
    JsonNode declared = rule.path("schema");
    (declared.isTextual() ? List.of(declared) : declared)
        .forEach(each -> schema.add(each.textValue()));
    this.type = rule.path("type").textValue();
    this.maxLength = rule.path("max_length").asInt(Integer.MAX_VALUE);
    this.min = rule.has("min") ? rule.get("min").decimalValue() : null;
    this.buckets = rule.has("buckets") ? settings.buckets() : 0;
    this.max =
        buckets > 0
            ? BigDecimal.valueOf(buckets - 1L)
            : rule.has("max") ? rule.get("max").decimalValue() : null;
    rule.path("except").forEach(each -> except.add(each.decimalValue()));
    this.notBefore = day(rule.path("not_before"));
    this.notAfter = day(rule.path("not_after"));
    this.equalsKey = rule.path("equals_key").textValue();
    this.bucketOf = rule.path("bucket_of").textValue();
    this.partitions = rule.has("partitions") ? settings.partitions(Topic.DAILY_RECORDS) : 0;
  }

  private static LocalDate day(JsonNode text) {
    return text.isTextual() ? LocalDate.parse(text.textValue()) : null;
  }

  /** Its name. */
  String name() {
    return name;
  }

  /**
   * Whether a record breaks it.
   *
   * @param record the part of the record that the rule's file is about
   * @param key the record's key, as it was written
   * @param partition the one in which it lies
   */
  boolean isBrokenBy(GenericRecord record, GenericRecord key, int partition) {
    WrittenField written = WrittenField.of(record, field);
    boolean mustBeThere = isRequired || isNotNull;
    if (!schema.isEmpty()
        && (written.isDeclared() ? !schema.contains(written.declared()) : mustBeThere)) {
      return true;
    }
    Object value = written.value();
    if (value == null) {
      return mustBeThere;
    }
    return isBlank(value)
        || !isOfType(value)
        || !isShort(value)
        || !isWithin(value)
        || !isWithinDays(value)
        || !isThatOf(key, value)
        || !isBucket(value, record)
        || !isIn(partition, value);
  }

  private boolean isBlank(Object value) {
    return isRequired && value instanceof String text && text.isBlank();
  }

  private boolean isOfType(Object value) {
    if (type == null) {
      return true;
    }
    return switch (type) {
      case "text" -> value instanceof String text && text.indexOf('\0') < 0;
      case "uuid" -> value instanceof String text && isUuid(text);
      case "integer" ->
          value instanceof BigDecimal number
              && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
      case "timestamp" -> value instanceof Instant;
      case "date" -> value instanceof LocalDate;
      default -> throw new IllegalArgumentException("The second reading knows no type " + type);
    };
  }

  private boolean isShort(Object value) {
    if (maxLength == Integer.MAX_VALUE) {
      return true;
    }
    return value instanceof String text
        && text.codePoints().limit(maxLength + 1L).count() <= maxLength;
  }

  private boolean isWithin(Object value) {
    if (min == null && max == null && except.isEmpty()) {
      return true;
    }
    return value instanceof BigDecimal number
        && (min == null || number.compareTo(min) >= 0)
        && (max == null || number.compareTo(max) <= 0)
        && except.stream().noneMatch(each -> each.compareTo(number) == 0);
  }

  private boolean isWithinDays(Object value) {
    if (notBefore == null && notAfter == null) {
      return true;
    }
    LocalDate day =
        value instanceof Instant instant
            ? instant.atOffset(ZoneOffset.UTC).toLocalDate()
            : value instanceof LocalDate date ? date : null;
    return day != null
        && (notBefore == null || !day.isBefore(notBefore))
        && (notAfter == null || !day.isAfter(notAfter));
  }

  private boolean isThatOf(GenericRecord key, Object value) {
    return equalsKey == null || value.equals(WrittenField.of(key, equalsKey).value());
  }

  private boolean isBucket(Object value, GenericRecord record) {
    if (bucketOf == null
        || !(WrittenField.of(record, bucketOf).value() instanceof String id && isUuid(id))) {
      return true;
    }
    long bucket = UUID.fromString(id).getLeastSignificantBits() & (buckets - 1L);
    return value instanceof BigDecimal number && number.compareTo(BigDecimal.valueOf(bucket)) == 0;
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** By Kafka's own hash. */
  private boolean isIn(int partition, Object value) {
    return partitions == 0
        || !(value instanceof String text)
        || partition == Utils.toPositive(Utils.murmur2(Utils.utf8(text))) % partitions;
  }
}
