package io.furnistream.datagen.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.schemas.RecordId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Values that a rule refuses, made from its properties and a sound value. Plain values: a decimal
 * is bytes, a day or an instant a whole number.
 */
final class BrokenValue {

  private final String field;
  private final Schema declared;
  private final boolean nullable;

  private BrokenValue(Schema.Field field) {
    this.field = field.name();
    this.nullable = field.schema().isNullable();
    this.declared =
        field.schema().isUnion()
            ? field.schema().getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow()
            : field.schema();
  }

  /**
   * A value that one property of a rule refuses.
   *
   * @param rule as its file has it
   * @param property one of the rule's
   * @param contract has the field
   * @return from a sound value to a refused one; empty where no record of the contract's schema
   *     could have such a value
   * @throws IllegalStateException when the property is not known here
   */
  static Optional<UnaryOperator<Object>> of(
      JsonNode rule, Map.Entry<String, JsonNode> property, Schema contract) {
    if (rule.has("buckets") && property.getKey().equals("max")) {
      // The settings say how many there are; bucket_of refuses the rest too.
      return Optional.empty();
    }
    return new BrokenValue(contract.getField(rule.get("field").textValue()))
        .of(property.getKey(), property.getValue());
  }

  private Optional<UnaryOperator<Object>> of(String property, JsonNode bound) {
    return switch (property) {
      // What is said about the rule; what the contract's schema is; and what BrokenRules breaks.
      case "name", "field", "doc", "schema", "buckets", "partitions" -> Optional.empty();
      case "required" -> isText() ? value(" ") : isNull();
      case "not_null" -> isNull();
      case "type" -> ofAnotherType(bound.textValue());
      case "max_length" -> value("x".repeat(bound.intValue() + 1));
      case "min" -> value(beyond(bound.decimalValue(), -1));
      case "max" -> value(beyond(bound.decimalValue(), 1));
      case "except" -> value(beyond(bound.get(0).decimalValue(), 0));
      case "allowed" -> isText() ? value("?") : Optional.empty();
      case "not_before" -> value(time(LocalDate.parse(bound.textValue()), -1));
      case "not_after" -> value(time(LocalDate.parse(bound.textValue()).plusDays(1), 0));
      case "equals_key" -> Optional.of(this::another);
      case "bucket_of" -> Optional.of(bucket -> (Integer) bucket + 1);
      default ->
          throw new IllegalStateException(
              "Nothing breaks '%s' of the rule for %s yet: teach it BrokenValue"
                  .formatted(property, field));
    };
  }

  private Optional<UnaryOperator<Object>> ofAnotherType(String type) {
    return switch (type) {
      case "text" -> Optional.of(text -> text + "\0");
      case "uuid" -> value("not a UUID");
      default -> Optional.empty();
    };
  }

  private Optional<UnaryOperator<Object>> isNull() {
    return nullable ? value(null) : Optional.empty();
  }

  private static Optional<UnaryOperator<Object>> value(Object value) {
    return Optional.of(sound -> value);
  }

  private boolean isText() {
    return declared.getType() == Schema.Type.STRING;
  }

  /** A number that many of the smallest steps beyond another. */
  private Object beyond(BigDecimal bound, int steps) {
    if (declared.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      BigInteger digits = bound.setScale(decimal.getScale()).unscaledValue();
      return ByteBuffer.wrap(digits.add(BigInteger.valueOf(steps)).toByteArray());
    }
    return bound.intValueExact() + steps;
  }

  /** A time that many days, or milliseconds, after a day's start in UTC. */
  private Object time(LocalDate day, int steps) {
    if (declared.getType() == Schema.Type.INT) {
      return Math.toIntExact(day.toEpochDay()) + steps;
    }
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + steps;
  }

  private Object another(Object sound) {
    return isText()
        ? RecordId.of("another", sound.toString()).text()
        : (Object) ((Integer) sound - 1);
  }
}
