package io.furnistream.connectors.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that are read, and which of them another name may have been written for. */
final class KnownNames {

  private static final int MOST_EDITS = 4;
  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(MOST_EDITS);
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Set<String> names;

  KnownNames(Collection<String> names) {
    this.names = new TreeSet<>(names);
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** The name that an unknown one was most probably written for. */
  Optional<String> suggestion(String unknown) {
    return nearest(unknown, suggested(unknown));
  }

  /**
   * The name that an unknown one misspells, so that it is hardly a property of its own: almost no
   * letter differs, apart from case and punctuation.
   */
  Optional<String> misspelled(String unknown) {
    return nearest(unknown, misspelt(unknown));
  }

  /**
   * Whether a word may have been written for another, by the same measure as {@code strict} says.
   */
  static boolean isNear(String word, String other, boolean strict) {
    return edits(word, other) <= (strict ? misspelt(word) : suggested(word));
  }

  private Optional<String> nearest(String unknown, int mostEdits) {
    return names.stream()
        .filter(name -> edits(unknown, name) <= mostEdits)
        .min(Comparator.comparingInt(name -> edits(unknown, name)));
  }

  private static int suggested(String word) {
    return Math.min(MOST_EDITS, Math.max(2, letters(word).length() / 4));
  }

  private static int misspelt(String word) {
    return Math.min(2, letters(word).length() / 8);
  }

  private static int edits(String one, String other) {
    if (one.length() > 2 * other.length() + MOST_EDITS) {
      return Integer.MAX_VALUE;
    }
    int edits = DISTANCE.apply(letters(one), letters(other));
    return edits < 0 ? Integer.MAX_VALUE : edits;
  }

  /** {@code contact.points} and {@code contactPoints} count as the same word. */
  private static String letters(String name) {
    return NO_LETTER.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
