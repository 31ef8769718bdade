package io.furnistream.replay.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the text of a file is encoded. What is neither marked nor UTF-8 is taken for Windows-1252,
 * which no byte can disprove but five: a person is told so.
 *
 * @param charset decodes it
 * @param isGuess whether it could be another one
 */
public record TextEncoding(Charset charset, boolean isGuess) {

  static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Share of NUL bytes at even or odd places from which text is UTF-16: Latin text has nearly 1.
   */
  private static final double MANY = 0.4;

  /** Looks at all that a file holds. */
  static TextEncoding detect(SourceFile file) throws IOException {
    Utf8Check utf8 = new Utf8Check();
    long[] zeros = new long[2];
    long read = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = file.open()) {
      Charset marked = null;
      for (int n = in.readNBytes(buffer, 0, buffer.length);
          n > 0;
          n = in.readNBytes(buffer, 0, buffer.length)) {
        if (read == 0) {
          marked = marked(buffer, n);
        }
        if (marked != null) {
          return new TextEncoding(marked, false);
        }
        for (int i = 0; i < n; i++) {
          if (buffer[i] == 0) {
            zeros[(int) ((read + i) & 1)]++;
          }
        }
        utf8.take(buffer, n);
        read += n;
      }
    }
    if (zeros[1] > MANY * read / 2) {
      return new TextEncoding(StandardCharsets.UTF_16LE, true);
    }
    if (zeros[0] > MANY * read / 2) {
      return new TextEncoding(StandardCharsets.UTF_16BE, true);
    }
    return utf8.isValid()
        ? new TextEncoding(StandardCharsets.UTF_8, false)
        : new TextEncoding(WINDOWS, true);
  }

  private static Charset marked(byte[] start, int length) {
    if (startsWith(start, length, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(start, length, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    return startsWith(start, length, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
  }

  private static boolean startsWith(byte[] start, int length, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= length || (start[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
