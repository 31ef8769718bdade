package io.furnistream.verify.records;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tells whether a letter holds the record that lies where it says, and not one of a topic of the
 * same name that was deleted.
 */
final class Fingerprint {

  private static final int NONE = -1;

  private Fingerprint() {}

  /** The same for the same bytes only, as far as 64 bits of SHA-256 can tell. */
  static long of(byte[] key, byte[] value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : new byte[][] {key, value}) {
        // Its length first: what is in the key is not in the value, and null is not empty.
        digest.update(
            ByteBuffer.allocate(Integer.BYTES).putInt(part == null ? NONE : part.length).flip());
        if (part != null) {
          digest.update(part);
        }
      }
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
