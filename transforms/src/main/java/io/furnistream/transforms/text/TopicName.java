package io.furnistream.transforms.text;

import java.util.regex.Pattern;

/** What Kafka takes as the name of a topic. */
public final class TopicName {

  /** In words, for messages. */
  public static final String LEGAL = "1 to 249 letters, digits, dots, underscores and hyphens";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final char REPLACEMENT = '_';

  private TopicName() {}

  /** Whether a topic may have this name. */
  public static boolean isLegal(String name) {
    return NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
  }

  /** The text with each character that a name may not hold as an underscore. */
  public static String sanitised(String text) {
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      name.append(isLegal(text.charAt(i)) ? text.charAt(i) : REPLACEMENT);
    }
    return name.toString();
  }

  private static boolean isLegal(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
