package io.furnistream.transforms.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form in which keys are compared, so that two texts which look the same are the same:
 * Unicode's normal form C, no white space around it, and one blank for each white space within.
 *
 * @param ignoreCase whether capital and small letters are the same too
 */
public record KeyForm(boolean ignoreCase) {

  /** Characters below it never combine: none of them is part of another in normal form C. */
  private static final char FIRST_COMBINING = '\u0300';

  private static final char LAST_CONTROL = '\u009f';

  /** A text in its form; the text itself where it has that form, which takes no memory. */
  public String of(String text) {
    String form = isInForm(text) ? text : collapse(Normalizer.normalize(text, Normalizer.Form.NFC));
    // Up, then down: some letters have one capital and two small forms.
    return ignoreCase ? form.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : form;
  }

  /** Whether looking at each character is enough: false for a few texts that are in form. */
  private static boolean isInForm(String text) {
    boolean blankBefore = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = c == ' ';
      if ((blank && blankBefore) || !(blank || standsAlone(c))) {
        return false;
      }
      blankBefore = blank;
    }
    return !blankBefore || text.isEmpty();
  }

  private static boolean standsAlone(char c) {
    return (c > ' ' && c <= '~') || (c > LAST_CONTROL && c < FIRST_COMBINING && c != '\u00a0');
  }

  private static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
      if (!blank) {
        collapsed.append(c);
      } else if (!collapsed.isEmpty() && collapsed.charAt(collapsed.length() - 1) != ' ') {
        collapsed.append(' ');
      }
    }
    int end = collapsed.length();
    return end > 0 && collapsed.charAt(end - 1) == ' '
        ? collapsed.substring(0, end - 1)
        : collapsed.toString();
  }
}
