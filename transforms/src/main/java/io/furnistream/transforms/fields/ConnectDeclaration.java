package io.furnistream.transforms.fields;

import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * What a field's schema declares it to be, in the words of the rules: those of Avro, for what
 * Confluent's converter makes of it.
 */
final class ConnectDeclaration {

  // With these the converter marks what Connect has no schema for.
  private static final String ENUM = "io.confluent.connect.avro.Enum";
  private static final String UNION = "io.confluent.connect.avro.Union";
  private static final String FIXED_SIZE = "connect.fixed.size";
  private static final String PRECISION = "connect.decimal.precision";

  /** What the converter leaves out, as it is what it takes a decimal's precision to be. */
  private static final String DEFAULT_PRECISION = "64";

  private ConnectDeclaration() {}

  static String of(Schema schema) {
    String base = base(schema);
    if (schema.name() == null || !schema.type().isPrimitive() || isOfNoConnectType(base)) {
      return base;
    }
    return switch (base + " " + schema.name()) {
      case "int " + Date.LOGICAL_NAME -> "date";
      case "int " + Time.LOGICAL_NAME -> "time-millis";
      case "long " + Timestamp.LOGICAL_NAME -> "timestamp-millis";
      case "bytes " + Decimal.LOGICAL_NAME ->
          "decimal(%s,%s)"
              .formatted(
                  parameters(schema).getOrDefault(PRECISION, DEFAULT_PRECISION),
                  parameters(schema).getOrDefault(Decimal.SCALE_FIELD, "?"));
      default -> base + " named " + schema.name();
    };
  }

  private static String base(Schema schema) {
    return switch (schema.type()) {
      case INT8 -> "int8";
      case INT16 -> "int16";
      case INT32 -> "int";
      case INT64 -> "long";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case BOOLEAN -> "boolean";
      case STRING -> parameters(schema).containsKey(ENUM) ? "enum" : "string";
      case BYTES -> parameters(schema).containsKey(FIXED_SIZE) ? "fixed" : "bytes";
      case ARRAY -> "array";
      case MAP -> "map";
      case STRUCT -> UNION.equals(schema.name()) ? "union" : "record";
    };
  }

  private static boolean isOfNoConnectType(String base) {
    return base.equals("enum") || base.equals("fixed");
  }

  private static Map<String, String> parameters(Schema schema) {
    return schema.parameters() == null ? Map.of() : schema.parameters();
  }
}
