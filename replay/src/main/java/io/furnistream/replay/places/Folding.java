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

  private static final Pattern MARKS = Pattern.compile("\\p{M}");
  private static final Pattern SAINT = Pattern.compile("\\b(st|ste)\\b\\.?");
  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]");

  private Folding() {}

  static String fold(String name) {
    String plain =
        MARKS
            .matcher(Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
            .replaceAll("");
    String saints = SAINT.matcher(plain).replaceAll("saint");
    StringBuilder letters = new StringBuilder(saints.length());
    for (int i = 0; i < saints.length(); i++) {
      char letter = saints.charAt(i);
      letters.append(LETTERS.getOrDefault(letter, String.valueOf(letter)));
    }
    return OTHERS.matcher(letters).replaceAll("");
  }
}
