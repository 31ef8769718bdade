package io.furnistream.schemas;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * What an Avro schema declares a field to be, in the words of the rules. It is read as Connect's
 * converter reads it, with the annotations that Connect's own producers leave there, so that a
 * schema means the same in front of every store.
 */
final class AvroDeclaration {

  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final String DATE = "org.apache.kafka.connect.data.Date";
  private static final String TIME = "org.apache.kafka.connect.data.Time";
  private static final String TIMESTAMP = "org.apache.kafka.connect.data.Timestamp";

  private static final Set<Schema.Type> PRIMITIVES =
      EnumSet.of(
          Schema.Type.STRING,
          Schema.Type.BYTES,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.BOOLEAN);

  /** The precision that Connect's converter assumes for a decimal that states none. */
  private static final String DEFAULT_PRECISION = "64";

  private AvroDeclaration() {}

  /** The declared type; that of a nullable field is the type that it has when it is not null. */
  static String of(Schema schema) {
    Schema type = withoutNull(schema);
    String base = base(type);
    if (!PRIMITIVES.contains(type.getType())) {
      return base;
    }
    String logical = logicalName(type);
    Object name = type.getObjectProp("connect.name");
    if (name == null || name.equals(logical)) {
      name = logical;
    } else if (logical != null) {
      return base + " of two names";
    }
    if (name == null) {
      return base;
    }
    return switch (base + " " + name) {
      case "int " + DATE -> "date";
      case "int " + TIME -> "time-millis";
      case "long " + TIMESTAMP -> "timestamp-millis";
      case "bytes " + DECIMAL -> decimal(type);
      default -> base + " named " + name;
    };
  }

  /** A union of one type, with null or without, is that type; any other schema stays as it is. */
  static Schema withoutNull(Schema schema) {
    if (!schema.isUnion() || schema.getTypes().size() > 2) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static String base(Schema type) {
    String base = type.getType().getName();
    Object narrower = type.getObjectProp("connect.type");
    boolean isNarrowed =
        type.getType() == Schema.Type.INT
            && narrower != null
            && type.getObjectProp("logicalType") == null;
    return isNarrowed ? narrower.toString() : base;
  }

  /** The name that Connect gives the logical type; null where it knows none. */
  private static String logicalName(Schema type) {
    Object logicalType = type.getObjectProp("logicalType");
    if (logicalType == null) {
      return null;
    }
    return switch (type.getType().getName()
        + " "
        + logicalType.toString().toLowerCase(Locale.ROOT)) {
      case "int date" -> DATE;
      case "int time-millis" -> TIME;
      case "long timestamp-millis" -> TIMESTAMP;
      case "bytes decimal" -> DECIMAL;
      default -> null;
    };
  }

  private static String decimal(Schema type) {
    return "decimal(%s,%s)"
        .formatted(
            parameter(type, "connect.decimal.precision", "precision", DEFAULT_PRECISION),
            parameter(type, "scale", "scale", "?"));
  }

  /** Connect's parameter of the type, or else the property of Avro's logical type. */
  private static String parameter(Schema type, String connect, String avro, String other) {
    if (type.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters
        && parameters.get(connect) != null) {
      return parameters.get(connect).toString();
    }
    Object stated = type.getObjectProp("logicalType") == null ? null : type.getObjectProp(avro);
    return stated == null ? other : stated.toString();
  }
}
