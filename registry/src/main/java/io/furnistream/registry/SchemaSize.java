package io.furnistream.registry;

import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How large a schema is once it is written out. A named type is declared once and may be used many
 * times; Connect's converter makes a schema for each use, so thirty records of two fields each, one
 * inside the other, fill any heap: 2^30 types in two kilobytes of text.
 */
final class SchemaSize {

  /** Of types; the largest contract has about 60. */
  private static final long MOST = 10_000;

  private static final int DEEPEST = 1_000;

  private final IdentityHashMap<Schema, Long> sizes = new IdentityHashMap<>();

  private SchemaSize() {}

  /**
   * Refuses what is too large.
   *
   * @throws IllegalStateException when it has more than {@value #MOST} types, each use of a named
   *     one counted, or they are nested more than {@value #DEEPEST} deep
   */
  static void requireBounded(Schema schema) {
    if (new SchemaSize().of(schema, 0) > MOST) {
      throw new IllegalStateException("It has more than %d types, written out".formatted(MOST));
    }
  }

  private long of(Schema schema, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalStateException("Its types are nested more than %d deep".formatted(DEEPEST));
    }
    Long known = sizes.get(schema);
    if (known != null) {
      return known;
    }
    // A recursive use is a reference, in Connect too.
    sizes.put(schema, 1L);
    long size = 1;
    for (Schema part : parts(schema)) {
      size = Math.min(MOST + 1, size + of(part, depth + 1));
    }
    sizes.put(schema, size);
    return size;
  }

  private static List<Schema> parts(Schema schema) {
    return switch (schema.getType()) {
      case RECORD ->
          schema.hasFields()
              ? schema.getFields().stream().map(Schema.Field::schema).toList()
              : List.of();
      case ARRAY -> List.of(schema.getElementType());
      case MAP -> List.of(schema.getValueType());
      case UNION -> schema.getTypes();
      default -> List.of();
    };
  }
}
