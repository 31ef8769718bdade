package io.furnistream.connectors.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Texts to search for in bytes of UTF-8, the letters of ASCII in either case. */
final class ByteReplacer {

  /** By the first byte, the longest first. */
  private final byte[][][] texts;

  private final int longest;
  private final byte[] replacement;

  private ByteReplacer(byte[][][] texts, int longest, byte[] replacement) {
    this.texts = texts;
    this.longest = longest;
    this.replacement = replacement;
  }

  static ByteReplacer of(Collection<String> texts, String replacement) {
    List<List<byte[]>> byFirst = new ArrayList<>();
    for (int first = 0; first <= 0xff; first++) {
      byFirst.add(new ArrayList<>());
    }
    int longest = 0;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = folded(bytes[i]);
      }
      byFirst.get(bytes[0] & 0xff).add(bytes);
      longest = Math.max(longest, bytes.length);
    }
    return new ByteReplacer(
        byFirst.stream()
            .map(
                same -> {
                  same.sort(Comparator.comparingInt((byte[] text) -> text.length).reversed());
                  return same.toArray(byte[][]::new);
                })
            .toArray(byte[][][]::new),
        longest,
        replacement.getBytes(StandardCharsets.UTF_8));
  }

  /** The length of the longest text, in bytes; 0 when there is none. */
  int longest() {
    return longest;
  }

  byte[] replacement() {
    return replacement;
  }

  /** The length of the longest text that begins at an index; 0 when none does. */
  int matchAt(byte[] bytes, int from, int end) {
    for (byte[] text : texts[folded(bytes[from]) & 0xff]) {
      if (isAt(bytes, from, end, text)) {
        return text.length;
      }
    }
    return 0;
  }

  private static boolean isAt(byte[] bytes, int from, int end, byte[] text) {
    if (end - from < text.length) {
      return false;
    }
    for (int i = 1; i < text.length; i++) {
      if (folded(bytes[from + i]) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte folded(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }
}
