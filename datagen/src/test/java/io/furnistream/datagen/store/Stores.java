package io.furnistream.datagen.store;

import java.time.ZoneId;

/** Stores that tests make up. */
public final class Stores {

  /** The zone of the stores. */
  public static final ZoneId ZONE = ZoneId.of("America/New_York");

  /** A store with two categories, three sub-categories and two countries; nothing but that. */
  public static final String PLAIN =
      """
      name: corner
      currency: USD
      products:
        Seats:
          Chairs:
            - {id: C-1, name: Chair One, price: 10, unit_cost: 4, weight: 30}
            - {id: C-2, name: Chair Two, price: 20.5, unit_cost: 8, weight: 10}
          Stools:
            - {id: S-1, name: Stool, price: '7.2500', unit_cost: 3, weight: 20}
        Boards:
          Tables:
            - {id: T-1, name: Table, price: 100, unit_cost: 60, weight: 40}
      cities:
        France:
          Normandy:
            - {name: Rouen, latitude: 49.4431, longitude: 1.0993, weight: 50}
        Spain:
          Aragon:
            - {name: Zaragoza, latitude: 41.6561, longitude: -0.8773, weight: 50}
      """;

  private Stores() {}

  /** The plain store with a part {@code demand}: lines without the indent that they get here. */
  public static Store with(String demand) {
    return parse(PLAIN + "demand:\n" + demand.indent(2));
  }

  /** A store of a file's text. */
  public static Store parse(String text) {
    return StoreFile.parse("corner.yaml", "corner.yaml", text, ZONE);
  }
}
