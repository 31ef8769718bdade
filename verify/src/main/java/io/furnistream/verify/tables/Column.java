package io.furnistream.verify.tables;

import java.util.Locale;
import java.util.function.Function;

/** A figure that stores are compared by. */
@SuppressWarnings("ImmutableEnumChecker") // a method reference holds no state
public enum Column {
  RECORDS(Figures::records),
  QUANTITY(Figures::quantity),
  REVENUE(Figures::revenue),
  PROFIT(Figures::profit),
  CUSTOMERS(Figures::customers),
  ID_CHECKSUM(Figures::idChecksum);

  private final Function<Figures, Object> value;

  Column(Function<Figures, Object> value) {
    this.value = value;
  }

  /** The name under which reports show it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The figure, or null where the store cannot state it. */
  public Object of(Figures figures) {
    return value.apply(figures);
  }
}
