package io.furnistream.replay.places;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names without what people write differently: accents, case, dots, spaces. */
final class Folding {

  /** Letters that are not another one with an accent. */
  private static final Map<Character, String> LETTERS =
      Map.of(
          'ß', "ss", 'ø', "o", 'ł', "l", 'đ', "d", 'ð', "d", 'þ', "th", 'æ', "ae", 'œ', "oe", 'ı',
          "i");

  private static final int ASCII = 127;
  private static final Pattern MARKS = Pattern.compile("\\p{M}");
  private static final Pattern SAINT = Pattern.compile("\\b(st|ste)\\b\\.?");

  private Folding() {}

  /**
   * Its letters and digits, small and without accents, with "saint" for St.; empty where it has
   * none.
   */
  static String fold(String name) {
    // Regular expressions only where there is something for them: there are 400,000 names.
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.chars().anyMatch(letter -> letter > ASCII)) {
      plain = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFD)).replaceAll("");
    }
    if (plain.contains("st")) {
      plain = SAINT.matcher(plain).replaceAll("saint");
    }
    StringBuilder letters = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char letter = plain.charAt(i);
      String other = letter > ASCII ? LETTERS.get(letter) : null;
      if (other != null) {
        letters.append(other);
      } else if (Character.isLetterOrDigit(letter) || Character.isSurrogate(letter)) {
        letters.append(letter);
      }
    }
    return letters.toString();
  }
}
