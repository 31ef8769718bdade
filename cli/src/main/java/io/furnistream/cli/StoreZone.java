package io.furnistream.cli;

import java.time.ZoneId;
import java.util.Map;

/** The store's time zone, in which its days begin and end. */
public final class StoreZone {

  /** Names the environment variable that says it, for every part that asks. */
  public static final String VARIABLE = "FURNISTREAM_STORE_ZONE";

  /** The zone unless the variable says another. */
  public static final String DEFAULT = "America/New_York";

  /** Names that only Java knows; PostgreSQL and Python do not. */
  private static final String JAVAS_OWN = "SystemV/";

  private StoreZone() {}

  /**
   * Reads the zone from environment variables; a blank variable counts as none.
   *
   * @throws CannotRunException when the variable names no zone of the IANA database; an offset such
   *     as {@code +02:00} is none
   */
  public static ZoneId fromEnvironment(Map<String, String> environment) {
    String name = environment.getOrDefault(VARIABLE, "").strip();
    if (name.isEmpty()) {
      return ZoneId.of(DEFAULT);
    }
    if (!isKnown(name)) {
      throw new CannotRunException(
          "%s is '%s', which is not a name of an IANA time zone. Write one such as %s."
              .formatted(VARIABLE, name, DEFAULT));
    }
    return ZoneId.of(name);
  }

  /** Whether a name is one of the IANA database; an offset such as {@code +02:00} is none. */
  public static boolean isKnown(String name) {
    return !name.startsWith(JAVAS_OWN) && ZoneId.getAvailableZoneIds().contains(name);
  }
}
