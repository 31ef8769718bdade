package io.furnistream.aggregates.tables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Labels in stored form: each text in UTF-8, ended by a zero. The order of these bytes, unsigned,
 * is the order of Unicode code points, text by text.
 */
final class Labels {

  private static final byte END = 0;

  private Labels() {}

  /**
   * The stored form; null for no texts.
   *
   * @throws IllegalArgumentException when a text holds the character NUL
   */
  static byte[] encode(List<String> texts) {
    if (texts.isEmpty()) {
      return null;
    }
    ByteWriter writer = new ByteWriter();
    for (String text : texts) {
      if (text.indexOf(END) >= 0) {
        throw new IllegalArgumentException("A label holds the character NUL");
      }
      writer.raw(text.getBytes(StandardCharsets.UTF_8)).octet(END);
    }
    return writer.toByteArray();
  }

  static List<String> decode(byte[] label) {
    List<String> texts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < label.length; at++) {
      if (label[at] == END) {
        texts.add(new String(label, start, at - start, StandardCharsets.UTF_8));
        start = at + 1;
      }
    }
    return Collections.unmodifiableList(texts);
  }
}
