package io.furnistream.rollups.verify;

import java.util.Locale;
import java.util.function.Function;

/** A figure that stores are compared by. */
@SuppressWarnings("ImmutableEnumChecker") // a method reference holds no state
enum Column {
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
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The figure, or null where the store cannot state it. */
  Object of(Figures figures) {
    return value.apply(figures);
  }
}
