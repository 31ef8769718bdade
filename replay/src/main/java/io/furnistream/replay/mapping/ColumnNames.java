package io.furnistream.replay.mapping;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of columns, which people write in different ways. */
public final class ColumnNames {

  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]");

  private ColumnNames() {}

  /** A name by which {@code Order ID}, {@code order_id} and {@code OrderId} are the same. */
  public static String normalised(String name) {
    return OTHERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
