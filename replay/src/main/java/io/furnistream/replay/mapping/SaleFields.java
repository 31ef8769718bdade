package io.furnistream.replay.mapping;

import io.furnistream.schemas.DailyRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The fields of a sale that a mapping may, and must, speak of. */
public final class SaleFields {

  /** When the sale was. */
  public static final String TIME = "ts";

  /** Names the record; its key makes it. */
  private static final Set<String> MADE = Set.of("ts_id", "ts_date");

  private static final Set<String> MAPPED =
      DailyRecord.getClassSchema().getFields().stream()
          .map(Schema.Field::name)
          .filter(name -> !MADE.contains(name))
          .collect(Collectors.toCollection(TreeSet::new));

  private static final List<String> REQUIRED = List.of(TIME, "product_name", "quantity");

  private SaleFields() {}

  /** Names of all that a mapping may make. */
  public static Set<String> mapped() {
    return MAPPED;
  }

  /** Names of those that no sale can do without and that have no default. */
  public static List<String> required() {
    return REQUIRED;
  }
}
