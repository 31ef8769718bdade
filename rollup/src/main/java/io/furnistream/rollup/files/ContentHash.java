package io.furnistream.rollup.files;

import io.furnistream.parquet.RowListener;
import io.furnistream.stores.export.Hashes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The hash of what a file says, which does not depend on how a version of the library encodes it. A
 * sum is hashed as any other number where 64 bits hold it.
 */
final class ContentHash implements RowListener {

  private static final byte NULL = 0;
  private static final byte TEXT = 1;
  private static final byte NUMBER = 2;
  private static final byte WIDE_NUMBER = 3;

  private final MessageDigest digest = Hashes.digest();
  // The row as it is hashed: the digest is slow on many small pieces.
  private ByteBuffer row = ByteBuffer.allocate(4096);

  @Override
  public void none() {
    room(1).put(NULL);
  }

  @Override
  public void text(byte[] utf8) {
    room(1 + Long.BYTES + utf8.length).put(TEXT).putLong(utf8.length).put(utf8);
  }

  @Override
  public void number(long whole) {
    room(1 + Long.BYTES).put(NUMBER).putLong(whole);
  }

  @Override
  public void wideNumber(byte[] whole) {
    room(1 + whole.length).put(WIDE_NUMBER).put(whole);
  }

  @Override
  public void endOfRow() {
    digest.update(row.flip());
    row.clear();
  }

  /** The hash of the rows that were written; none may be written any more. */
  String text() {
    return Hashes.text(digest.digest());
  }

  private ByteBuffer room(int bytes) {
    if (row.remaining() < bytes) {
      int size = Math.max(2 * row.capacity(), row.position() + bytes);
      row = ByteBuffer.allocate(size).put(row.flip());
    }
    return row;
  }
}
