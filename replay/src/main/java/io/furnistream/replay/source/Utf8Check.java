package io.furnistream.replay.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Whether bytes that come in pieces are UTF-8. */
final class Utf8Check {

  private static final int CHARACTERS = 1 << 16;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer decoded = CharBuffer.allocate(CHARACTERS);
  private byte[] rest = new byte[0];
  private boolean isValid = true;

  /** Looks at the next bytes. */
  void take(byte[] bytes, int length) {
    if (!isValid) {
      return;
    }
    ByteBuffer in =
        ByteBuffer.allocate(rest.length + length).put(rest).put(bytes, 0, length).flip();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      decoded.clear();
      result = decoder.decode(in, decoded, false);
    }
    isValid = !result.isError();
    rest = new byte[in.remaining()];
    in.get(rest);
  }

  /** Whether all that came is UTF-8, and no character is cut in two at the end. */
  boolean isValid() {
    return isValid && rest.length == 0;
  }
}
