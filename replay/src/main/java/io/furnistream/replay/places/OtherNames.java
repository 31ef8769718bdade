package io.furnistream.replay.places;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What countries and states are called other than by their names: a line of the resource.
 *
 * @param country its code; empty where the line is about a country
 * @param name the state's name in this store, or the country's code
 * @param others what it is called besides
 */
record OtherNames(String country, String name, List<String> others) {

  private static final String RESOURCE = "abbreviations.txt";

  /** All lines, in their order. */
  static List<OtherNames> all() {
    try (CsvReader<CsvRecord> lines =
        CsvReader.builder()
            .fieldSeparator('|')
            .commentStrategy(CommentStrategy.SKIP)
            .ofCsvRecord(
                Objects.requireNonNull(OtherNames.class.getResourceAsStream(RESOURCE), RESOURCE))) {
      return lines.stream().map(OtherNames::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OtherNames of(CsvRecord line) {
    return new OtherNames(
        line.getField(0).strip(),
        line.getField(1).strip(),
        Stream.of(line.getField(2).split(",", -1))
            .map(String::strip)
            .filter(other -> !other.isEmpty())
            .toList());
  }

  boolean isOfCountry() {
    return country.isEmpty();
  }
}
