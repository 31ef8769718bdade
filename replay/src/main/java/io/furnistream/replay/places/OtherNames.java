package io.furnistream.replay.places;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    try (CsvReader<CsvRecord> lines =
        CsvReader.builder()
            .fieldSeparator('|')
            .commentStrategy(CommentStrategy.SKIP)
            .ofCsvRecord(
                Objects.requireNonNull(
                    Abbreviations.class.getResourceAsStream(RESOURCE), RESOURCE))) {
      lines.forEach(this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(CsvRecord line) {
    String country = line.getField(0).strip();
    String name = line.getField(1).strip();
    for (String other : line.getField(2).split(",", -1)) {
      String folded = Folding.fold(other);
      if (country.isEmpty()) {
        codes.put(folded, name);
      } else {
        states.put(country + " " + folded, Folding.fold(name));
      }
    }
  }

  /** The code of a country that is called so; null when none is. */
  String countryCode(String folded) {
    return codes.get(folded);
  }

  /** The folded name of a state that is called so, or what it is called. */
  String state(String countryCode, String folded) {
    return states.getOrDefault(countryCode + " " + folded, folded);
  }
}
