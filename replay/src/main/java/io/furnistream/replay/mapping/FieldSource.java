package io.furnistream.replay.mapping;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a field of a sale is made of. */
public sealed interface FieldSource {

  /** The column that it reads, if it reads one. */
  Optional<String> column();

  /**
   * A column's text.
   *
   * @param name of the column
   * @param pattern takes the first group of what it matches, which is the whole text; empty for all
   *     of the text
   * @param otherwise taken where the cell is empty; empty when the cell must not be
   * @param formats of dates and times, in the order in which they are tried
   */
  record FromColumn(
      String name, Optional<Pattern> pattern, Optional<String> otherwise, List<String> formats)
      implements FieldSource {

    /** Makes an unmodifiable source. */
    public FromColumn {
      formats = List.copyOf(formats);
    }

    @Override
    public Optional<String> column() {
      return Optional.of(name);
    }
  }

  /** The same text for each row. */
  record Constant(String text) implements FieldSource {

    @Override
    public Optional<String> column() {
      return Optional.empty();
    }
  }

  /** Worked out from other fields of the row. */
  record Derived(Derivation derivation) implements FieldSource {

    @Override
    public Optional<String> column() {
      return Optional.empty();
    }
  }

  /** What can be worked out. */
  enum Derivation {
    /** price x quantity x (1 - discount). */
    REVENUE_FROM_PRICE("revenue", "price"),
    /** revenue / (quantity x (1 - discount)), rounded half up to four decimals. */
    PRICE_FROM_REVENUE("price", "revenue"),
    /** revenue - unit_cost x quantity. */
    PROFIT_FROM_UNIT_COST("profit", "unit_cost");

    private final String field;
    private final String from;

    Derivation(String field, String from) {
      this.field = field;
      this.from = from;
    }

    /** The field that it makes. */
    public String field() {
      return field;
    }

    /** The field that a mapping names it by. */
    public String from() {
      return from;
    }
  }
}
