package io.furnistream.connectors.secrets;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Replaces texts on their way through. What might be the beginning of one is held back until the
 * rest of it has arrived, so that a text is found wherever it is split; memory is bounded by the
 * longest.
 */
final class ReplacingStream extends FilterOutputStream {

  private static final int CHUNK = 8192;

  private final ByteReplacer replacer;
  private final byte[] buffer;
  private int held;

  ReplacingStream(OutputStream out, ByteReplacer replacer) {
    super(out);
    this.replacer = replacer;
    buffer = new byte[replacer.longest() + CHUNK];
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    while (from < offset + length) {
      int taken = Math.min(offset + length - from, buffer.length - held);
      System.arraycopy(bytes, from, buffer, held, taken);
      held += taken;
      from += taken;
      handOn(replacer.longest());
    }
  }

  /** Hands on what was held back: nothing more comes. The stream behind stays open. */
  void finish() throws IOException {
    handOn(1);
  }

  @Override
  public void close() throws IOException {
    try {
      finish();
    } finally {
      out.close();
    }
  }

  /** Hands on each byte that has so many, itself among them, to be judged by. */
  private void handOn(int needed) throws IOException {
    int plain = 0;
    int at = 0;
    while (held - at >= Math.max(needed, 1)) {
      int match = replacer.matchAt(buffer, at, held);
      if (match > 0) {
        out.write(buffer, plain, at - plain);
        out.write(replacer.replacement());
        at += match;
        plain = at;
      } else {
        at++;
      }
    }
    if (at > plain) {
      out.write(buffer, plain, at - plain);
    }
    System.arraycopy(buffer, at, buffer, 0, held - at);
    held -= at;
  }
}
