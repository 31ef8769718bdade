package io.furnistream.rollup.totals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields that records are grouped by, as bytes that sort as the fields do: text by Unicode code
 * point, numbers by size, the first field first.
 */
final class GroupKey implements Comparable<GroupKey> {

  private static final int END = 0;
  private static final int ESCAPED = 1;

  private final byte[] bytes;

  GroupKey(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(GroupKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Builds a key, field by field. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    /** A text of any length; a zero byte in it is not an end. */
    Writer text(String text) {
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        out.write(b);
        if (b == 0) {
          out.write(ESCAPED);
        }
      }
      out.write(END);
      out.write(END);
      return this;
    }

    Writer number(int number) {
      // The sign is flipped: as unsigned bytes, negative numbers then come first.
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number ^ Integer.MIN_VALUE).array());
      return this;
    }

    GroupKey key() {
      return new GroupKey(out.toByteArray());
    }
  }

  /** Splits a key, in the order in which it was built. */
  static final class Reader {
    private final ByteBuffer in;

    Reader(GroupKey key) {
      this.in = ByteBuffer.wrap(key.bytes);
    }

    String text() {
      ByteArrayOutputStream text = new ByteArrayOutputStream(64);
      while (true) {
        byte b = in.get();
        if (b == 0 && in.get() == END) {
          return text.toString(StandardCharsets.UTF_8);
        }
        text.write(b);
      }
    }

    int number() {
      return in.getInt() ^ Integer.MIN_VALUE;
    }
  }
}
