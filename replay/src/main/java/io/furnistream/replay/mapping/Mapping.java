package io.furnistream.replay.mapping;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the rows of a file become sales.
 *
 * @param file what it was read from, for messages
 * @param key columns that name a row; empty when all of them do
 * @param encoding of text files; empty when it is to be detected
 * @param delimiter of text files; empty when it is to be detected
 * @param zone of times that have none of their own; empty for the store's
 * @param numbers how numbers are written
 * @param skipped rows that are no data
 * @param fields what each field of a sale is made of, by its name
 */
public record Mapping(
    String file,
    List<String> key,
    Optional<String> encoding,
    Optional<Character> delimiter,
    Optional<ZoneId> zone,
    NumberStyle numbers,
    Set<Skipped> skipped,
    Map<String, FieldSource> fields) {

  /** Rows that are passed over in silence, as no data. */
  public enum Skipped {
    /** All cells are empty. */
    BLANK_ROWS,
    /** All cells say what the header says: files that were put together have them. */
    REPEATED_HEADERS
  }

  /** Makes an unmodifiable mapping. */
  public Mapping {
    key = List.copyOf(key);
    skipped = Set.copyOf(skipped);
    fields = Map.copyOf(fields);
  }

  /** Every column that a file must have. */
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>(key);
    for (FieldSource source : fields.values()) {
      source.column().ifPresent(columns::add);
    }
    return columns;
  }
}
