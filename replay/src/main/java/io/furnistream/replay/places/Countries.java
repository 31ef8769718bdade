package io.furnistream.replay.places;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;

/** The countries of the world, by their names, their ISO codes and what other languages say. */
final class Countries {

  /** Earlier ones count where two call different countries the same. */
  private static final List<String> LANGUAGES =
      List.of(
          "en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro",
          "el", "tr", "ru", "uk", "ja", "ko", "zh", "ar", "he", "hi", "vi", "id", "th");

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> codes = new HashMap<>();
  private Map<String, String> codesInOtherLanguages;

  /**
   * Reads the names.
   *
   * @param file lines of code (ISO 3166-1 alpha-2) and English name
   */
  Countries(Path file) throws IOException {
    OtherNames.all().stream()
        .filter(OtherNames::isOfCountry)
        .forEach(line -> line.others().forEach(other -> put(codes, other, line.name())));
    try (CsvReader<CsvRecord> lines = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord line : lines) {
        String code = line.getField(0);
        names.put(code, line.getField(1));
        codes.put(Folding.fold(line.getField(1)), code);
      }
    }
    names.keySet().forEach(code -> put(codes, code, code));
  }

  /** The English name of a country with this code. */
  String name(String code) {
    return names.getOrDefault(code, code);
  }

  /** The code of the country that is called so. */
  Optional<String> code(String name) {
    String folded = Folding.fold(name);
    if (folded.isEmpty()) {
      return Optional.empty();
    }
    String code = codes.get(folded);
    return Optional.ofNullable(code == null ? inOtherLanguages().get(folded) : code);
  }

  /** Made when it is first needed: it takes half a second, and most files say what is known. */
  private Map<String, String> inOtherLanguages() {
    if (codesInOtherLanguages == null) {
      codesInOtherLanguages = new HashMap<>();
      for (String language : LANGUAGES) {
        Locale spoken = Locale.forLanguageTag(language);
        for (String code : names.keySet()) {
          Locale country = new Locale.Builder().setRegion(code).build();
          put(codesInOtherLanguages, country.getDisplayCountry(spoken), code);
        }
      }
      for (String code : names.keySet()) {
        put(codesInOtherLanguages, threeLetters(code), code);
      }
    }
    return codesInOtherLanguages;
  }

  private static String threeLetters(String code) {
    try {
      return new Locale.Builder().setRegion(code).build().getISO3Country();
    } catch (MissingResourceException e) {
      return "";
    }
  }

  /** What is said first counts. */
  private static void put(Map<String, String> codes, String name, String code) {
    String folded = Folding.fold(name);
    if (!folded.isEmpty()) {
      codes.putIfAbsent(folded, code);
    }
  }
}
