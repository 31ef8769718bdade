package io.furnistream.replay.run;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.SaleBytes;
import io.furnistream.stores.export.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Sales as bytes, and hashes of what they and their rows say. Not thread-safe. */
final class LineBytes {

  /** Is in no UTF-8 text. */
  private static final byte END_OF_CELL = (byte) 0xFF;

  private final SaleBytes sales = new SaleBytes();
  private final MessageDigest digest = Hashes.digest();

  byte[] write(DailyRecord sale) {
    return sales.write(sale);
  }

  DailyRecord read(byte[] bytes) {
    return sales.read(bytes);
  }

  long hash(byte[] bytes) {
    return ByteBuffer.wrap(digest.digest(bytes)).getLong();
  }

  long hash(String[] cells) {
    for (String cell : cells) {
      digest.update(cell.getBytes(StandardCharsets.UTF_8));
      digest.update(END_OF_CELL);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
