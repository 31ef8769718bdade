package io.furnistream.replay.places;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** States, provinces and regions of countries, by their names and what they are called besides. */
final class States {

  /** By the country's code and the folded name. */
  private final Map<String, String> names = new HashMap<>();

  private final Set<String> listed = new HashSet<>();

  States() {
    for (OtherNames line : OtherNames.all()) {
      if (!line.isOfCountry()) {
        listed.add(line.country());
        names.put(key(line.country(), line.name()), line.name());
        line.others().forEach(other -> names.put(key(line.country(), other), line.name()));
      }
    }
  }

  /**
   * Adds a state that has cities.
   *
   * @return what it is called in this store
   */
  String add(String country, String name) {
    return name.isEmpty() ? name : names.computeIfAbsent(key(country, name), absent -> name);
  }

  /** What the state that is called so is called in this store. */
  Optional<String> find(String country, String name) {
    return Optional.ofNullable(names.get(key(country, name)));
  }

  /** Whether a state of this country that is not known is a mistake, and not only a local name. */
  boolean areListed(String country) {
    return listed.contains(country);
  }

  private static String key(String country, String name) {
    return country + " " + Folding.fold(name);
  }
}
