package io.furnistream.replay.places;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What countries, states and regions are called other than by their names: a resource with a line
 * each, {@code country code (empty for a country's own) | name | other names}.
 */
final class Abbreviations {

  private static final String RESOURCE = "abbreviations.txt";

  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, String> states = new HashMap<>();

  Abbreviations() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Abbreviations.class.getResourceAsStream(RESOURCE), RESOURCE),
                StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').forEach(this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    String[] parts = line.split("\\|", -1);
    String country = parts[0].strip();
    String name = parts[1].strip();
    for (String other : parts[2].split(",", -1)) {
      String folded = Folding.fold(other);
      if (country.isEmpty()) {
        codes.put(folded, name);
      } else {
        states.put(country + " " + folded, Folding.fold(name));
      }
    }
  }

  /** The code of a country that is called so; null when nobody calls one so. */
  String countryCode(String folded) {
    return codes.get(folded);
  }

  /** The folded name of a state that is called so, or what it is called. */
  String state(String countryCode, String folded) {
    return states.getOrDefault(countryCode + " " + folded, folded);
  }
}
