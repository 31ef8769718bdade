package io.furnistream.transforms.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says where a file is not UTF-8, and what to do about it. */
final class NotUtf8 {

  private static final String CURE =
      "Save it as UTF-8 (in Excel: \"CSV UTF-8\"; or iconv -f %s -t UTF-8)";

  private static final int BUFFER = 8192;

  /** UTF-16 begins with 0xFEFF, in one order or the other; no other table's name does. */
  private static final int UTF_16_MARK = 0xfe;

  private NotUtf8() {}

  /**
   * The first place where a file is not UTF-8, in words: its line and the byte.
   *
   * @throws IOException when it cannot be read
   */
  static String where(Path file) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    int line = 1;
    int column = 1;
    boolean nul = false;
    try (InputStream in = Files.newInputStream(file)) {
      for (boolean end = false; !end; ) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        CoderResult result = decoder.decode(bytes, chars, end);
        chars.flip();
        while (chars.hasRemaining()) {
          char c = chars.get();
          nul |= c == 0;
          line += c == '\n' ? 1 : 0;
          column = c == '\n' ? 1 : column + 1;
        }
        if (result.isError()) {
          int found = bytes.get(bytes.position()) & 0xff;
          boolean mark = line == 1 && column == 1 && found >= UTF_16_MARK;
          return "line %d, character %d: byte 0x%02X is not UTF-8. %s"
              .formatted(
                  line, column, found, CURE.formatted(mark || nul ? "UTF-16" : "WINDOWS-1252"));
        }
        chars.clear();
        bytes.compact();
      }
    }
    return "it was changed while it was read";
  }

  /** For a file of UTF-16 without a mark, which is read as UTF-8 with a NUL next to each letter. */
  static String nul(long line) {
    return "line %d holds a NUL, as UTF-16 does. %s".formatted(line, CURE.formatted("UTF-16"));
  }
}
