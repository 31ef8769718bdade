package io.furnistream.replay.lines;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text for a pattern to match in a bounded number of steps: some patterns, such as {@code
 * (.*a){20}}, would look at a short text for years.
 */
final class PatternText implements CharSequence {

  /** Characters that are looked at; a pattern without nested repeats looks at each a few times. */
  private static final int MOST_READS = 10_000_000;

  private final String text;
  private int reads;

  private PatternText(String text) {
    this.text = text;
  }

  /**
   * The first group of a pattern that matches the whole of a text.
   *
   * @return empty when it does not match, or the group has no part in the match
   * @throws UnreadableException when that takes too many steps
   */
  static Optional<String> firstGroup(Pattern pattern, String text) throws UnreadableException {
    try {
      Matcher matcher = pattern.matcher(new PatternText(text));
      return matcher.matches() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    } catch (TooManyReadsException | StackOverflowError e) {
      // Java matches repeats of groups by recursion, which long texts take too deep.
      throw new UnreadableException(
          "it is too long for the pattern, which has repeats within or after repeats: write it more simply");
    }
  }

  @Override
  public char charAt(int index) {
    reads++;
    if (reads > MOST_READS) {
      throw new TooManyReadsException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Leaves the matcher, which knows no checked exceptions. */
  private static final class TooManyReadsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
