package io.furnistream.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The table that a topic lands in, as {@link Topic} declares it: everything that names its columns
 * takes them from here. Its names are safe in a statement as they are: Avro allows letters, digits
 * and underscores, and they come from no input.
 */
public final class TopicTable {

  private final String name;
  private final List<TopicColumn> key;
  private final List<TopicColumn> values;
  private final Optional<TopicColumn> day;
  private final Set<StoreKind> stores;

  /**
   * The table of these contracts.
   *
   * @param day the column that is its day; null for none
   */
  TopicTable(String name, Schema keySchema, Schema valueSchema, String day, StoreKind... stores) {
    this.name = name;
    this.key = keySchema.getFields().stream().map(TopicColumn::of).toList();
    Set<String> named = new HashSet<>();
    key.forEach(column -> named.add(column.name()));
    List<TopicColumn> others = new ArrayList<>();
    for (Schema.Field field : valueSchema.getFields()) {
      if (named.add(field.name())) {
        others.add(TopicColumn.of(field));
      }
    }
    this.values = List.copyOf(others);
    this.day = Optional.ofNullable(day).map(this::column);
    this.stores = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(stores)));
  }

  /** The table's name, which is the topic's. */
  public String name() {
    return name;
  }

  /**
   * The table's name with the keyspace or schema that it stands in, as a statement asks for it.
   *
   * @throws IllegalArgumentException when this store does not hold it
   */
  public String in(StoreKind store) {
    if (!stores.contains(store)) {
      throw new IllegalArgumentException("%s is not in %s".formatted(name, store));
    }
    return store.qualified(name);
  }

  /** Every column: those of the key, then the others, each in the order of its contract. */
  public List<TopicColumn> columns() {
    return Stream.concat(key.stream(), values.stream()).toList();
  }

  /** The columns that name a row, in the order of the key's contract. */
  public List<TopicColumn> key() {
    return key;
  }

  /** The columns other than the key's, in the order of the value's contract. */
  public List<TopicColumn> values() {
    return values;
  }

  /**
   * The column that says which day a row is of: a date, which is the store's own day, or an
   * instant, whose day is that of UTC. Empty for a table that is not kept by day.
   */
  public Optional<TopicColumn> day() {
    return day;
  }

  /** The stores that hold it. */
  public Set<StoreKind> stores() {
    return stores;
  }

  /**
   * One of its columns.
   *
   * @throws IllegalArgumentException when it has none of this name
   */
  public TopicColumn column(String column) {
    return columns().stream()
        .filter(each -> each.name().equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no column " + column));
  }

  @Override
  public String toString() {
    return name;
  }
}
