package io.furnistream.replay.places;

import java.util.Optional;

/** Knows where cities are. */
@FunctionalInterface
public interface Places {

  /** Knows none. */
  Places NONE = (country, state, city) -> Optional.empty();

  /**
   * The city that is meant.
   *
   * @param country a name or code; blank when the source has none
   * @param state a name or abbreviation of a state or region; blank when the source has none
   * @param city a name
   * @return empty when none has these names, or several that lie apart have
   */
  Optional<Place> find(String country, String state, String city);
}
