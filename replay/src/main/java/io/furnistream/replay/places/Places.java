package io.furnistream.replay.places;

/** Knows where cities are. */
@FunctionalInterface
public interface Places {

  /** Knows none. */
  Places NONE = Place::unlocated;

  /**
   * The city that is meant.
   *
   * @param country a name or code; blank when the source has none
   * @param state a name or abbreviation of a state or region; blank when the source has none
   * @param city a name
   * @return without coordinates when none has these names, or several that lie apart have; its
   *     country and state have their full names even then, where they are known
   */
  Place find(String country, String state, String city);
}
