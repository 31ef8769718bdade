package io.furnistream.schemas;

import java.util.Map;
import org.apache.avro.SystemLimitException;

/**
 * How many elements Avro reads of a record's arrays and maps. Elements may take no bytes, so a
 * record of twenty bytes may claim millions of them, and no contract has any. Every part must have
 * the same limits to reach the same verdict: Connect's worker is started with them, other processes
 * of ours set them before they read.
 */
public final class AvroLimits {

  /**
   * System properties of Avro: elements in one array or map; and bytes for all of a record's, of
   * which an element takes 8.
   */
  public static final Map<String, String> PROPERTIES =
      Map.of(
          SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, "100000",
          SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY, "16777216");

  static {
    // Avro reads the properties once, when it first reads a record. What a user has set stays.
    PROPERTIES.forEach(
        (property, limit) -> {
          if (System.getProperty(property) == null) {
            System.setProperty(property, limit);
          }
        });
  }

  private AvroLimits() {}

  /** Sets them, once in this process. */
  static void set() {
    // Done by the initialiser.
  }
}
