package io.furnistream.transforms;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records of all kinds, the same for the same seed: with a schema and without one, tombstones, each
 * Connect type and logical type, nested, optional, with defaults, null. Some fields have names that
 * transforms are configured to work on, of the types they take or of others.
 */
final class RandomRecords {

  private static final int MOST_FIELDS = 6;
  private static final int DEEPEST = 2;
  private static final List<String> NAMES =
      List.of("a", "b.c", "ts", "name", "latitude", "longitude", "inner", "état", "key");

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  SinkRecord next() {
    Schema schema = random.nextInt(20) == 0 ? type(DEEPEST) : struct(0);
    Object value = random.nextInt(10) == 0 ? null : value(schema);
    boolean schemaless = random.nextInt(3) == 0;
    return new SinkRecord(
        "topic",
        random.nextInt(3),
        Schema.STRING_SCHEMA,
        "key",
        schemaless || value == null ? null : schema,
        schemaless ? plain(value) : value,
        random.nextInt());
  }

  private Schema struct(int depth) {
    SchemaBuilder builder = SchemaBuilder.struct();
    if (random.nextBoolean()) {
      builder
          .name("io.example.Record")
          .version(random.nextInt(9))
          .doc("A record")
          .parameter("p", "1");
    }
    List<String> names = new ArrayList<>(NAMES);
    java.util.Collections.shuffle(names, random);
    for (String name : names.subList(0, 1 + random.nextInt(MOST_FIELDS))) {
      builder.field(name, field(name, depth));
    }
    if (depth > 0 && random.nextBoolean()) {
      builder.optional();
    }
    return builder.build();
  }

  private Schema field(String name, int depth) {
    boolean fitting = random.nextInt(4) > 0;
    if (fitting && name.equals("ts")) {
      return optional(random.nextBoolean() ? Timestamp.builder() : SchemaBuilder.int64());
    }
    if (fitting && name.equals("name")) {
      return optional(SchemaBuilder.string());
    }
    if (fitting && name.endsWith("itude")) {
      return optional(random.nextBoolean() ? SchemaBuilder.float64() : Decimal.builder(6));
    }
    return name.equals("inner") && depth < DEEPEST ? struct(depth + 1) : type(depth);
  }

  private Schema optional(SchemaBuilder builder) {
    return random.nextBoolean() ? builder.optional().build() : builder.build();
  }

  private Schema type(int depth) {
    return switch (random.nextInt(depth < DEEPEST ? 17 : 14)) {
      case 0 -> optional(SchemaBuilder.int8());
      case 1 -> optional(SchemaBuilder.int16());
      case 2 -> optional(SchemaBuilder.int32());
      case 3 -> optional(SchemaBuilder.int64());
      case 4 -> optional(SchemaBuilder.float32());
      case 5 -> optional(SchemaBuilder.float64());
      case 6 -> optional(SchemaBuilder.bool());
      case 7 -> optional(SchemaBuilder.string());
      case 8 -> optional(SchemaBuilder.bytes());
      case 9 -> optional(Decimal.builder(random.nextInt(5)));
      case 10 -> optional(Date.builder());
      case 11 -> optional(Time.builder());
      case 12 -> optional(Timestamp.builder());
      case 13 -> SchemaBuilder.string().defaultValue("unknown").build();
      case 14 -> optional(SchemaBuilder.array(type(DEEPEST)));
      case 15 -> optional(SchemaBuilder.map(Schema.STRING_SCHEMA, type(DEEPEST)));
      default -> struct(depth + 1);
    };
  }

  private Object value(Schema schema) {
    if (schema.isOptional() && random.nextInt(3) == 0) {
      return null;
    }
    if (schema.name() != null && schema.type() != Schema.Type.STRUCT) {
      return switch (schema.name()) {
        case Decimal.LOGICAL_NAME ->
            new BigDecimal(
                BigInteger.valueOf(random.nextInt()),
                Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
        case Date.LOGICAL_NAME ->
            java.util.Date.from(
                java.time.Instant.EPOCH.plusSeconds(86_400L * random.nextInt(40_000)));
        case Time.LOGICAL_NAME ->
            java.util.Date.from(java.time.Instant.EPOCH.plusMillis(random.nextInt(86_400_000)));
        default -> java.util.Date.from(java.time.Instant.EPOCH.plusMillis(random.nextInt() * 999L));
      };
    }
    return switch (schema.type()) {
      case INT8 -> (byte) random.nextInt();
      case INT16 -> (short) random.nextInt();
      case INT32 -> random.nextInt();
      case INT64 -> random.nextInt() * 999L;
      case FLOAT32 -> random.nextFloat();
      case FLOAT64 -> random.nextGaussian() * 60;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text();
      case BYTES -> new byte[] {1, 2};
      case ARRAY -> List.of();
      case MAP -> Map.of();
      case STRUCT -> fill(schema);
    };
  }

  private Struct fill(Schema schema) {
    Struct struct = new Struct(schema);
    for (Field field : schema.fields()) {
      // A required field with a default may be left unset.
      if (field.schema().defaultValue() == null || random.nextBoolean()) {
        Object value = value(field.schema());
        if (value != null) {
          struct.put(field, value);
        }
      }
    }
    return struct;
  }

  private String text() {
    return random
        .ints(random.nextInt(6), 0, 0x3000)
        .filter(Character::isDefined)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Object plain(Object value) {
    if (value instanceof Struct struct) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Field field : struct.schema().fields()) {
        map.put(field.name(), plain(struct.getWithoutDefault(field.name())));
      }
      return map;
    }
    return value;
  }
}
