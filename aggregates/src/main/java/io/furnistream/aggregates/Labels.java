package io.furnistream.aggregates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Labels in stored form, and which of two comes first. */
final class Labels {

  private Labels() {}

  /** The stored form; null for no texts. */
  static byte[] encode(List<String> texts) {
    if (texts.isEmpty()) {
      return null;
    }
    ByteWriter writer = new ByteWriter();
    texts.forEach(writer::text);
    return writer.toByteArray();
  }

  static List<String> decode(byte[] label) {
    List<String> texts = new ArrayList<>();
    ByteReader reader = new ByteReader(label);
    while (reader.hasRemaining()) {
      texts.add(reader.text());
    }
    return Collections.unmodifiableList(texts);
  }

  /** Whichever comes first in the order of Unicode code points, text by text; null loses. */
  static byte[] first(byte[] left, byte[] right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    ByteReader lefts = new ByteReader(left);
    ByteReader rights = new ByteReader(right);
    while (lefts.hasRemaining()) {
      // The order of UTF-8, byte by byte and unsigned, is the order of code points.
      int order = Arrays.compareUnsigned(lefts.block(), rights.block());
      if (order != 0) {
        return order < 0 ? left : right;
      }
    }
    return left;
  }
}
