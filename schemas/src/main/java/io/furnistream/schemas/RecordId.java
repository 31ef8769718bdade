package io.furnistream.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/**
 * The 128-bit hash that names a record, and what follows from it: its bucket and its partition.
 *
 * @param uuid the hash; all 128 bits are hash, no version or variant is set
 */
public record RecordId(UUID uuid) {

  /**
   * Names a record by what identifies it.
   *
   * @param parts for a generated record (dataset, day, n); for a replayed one (dataset, key
   *     columns…). Each part is hashed with its length, so ("ab", "c") and ("a", "bc") differ.
   */
  public static RecordId of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new RecordId(new UUID(hash.getLong(), hash.getLong()));
  }

  /**
   * Reads an id back from its text.
   *
   * @throws IllegalArgumentException when the text is not 8-4-4-4-12 hexadecimal digits
   */
  public static RecordId parse(String text) {
    return new RecordId(UUID.fromString(text));
  }

  /** The id as it is written in {@code ts_id}: lower-case UUID text. */
  public String text() {
    return uuid.toString();
  }

  /** The record's bucket by the settings of this process. */
  public int bucket() {
    return bucket(PlatformSettings.current().buckets());
  }

  /**
   * The record's bucket, from 0: the last bits of the hash.
   *
   * @param buckets how many there are, a power of two
   */
  public int bucket(int buckets) {
    return (int) (uuid.getLeastSignificantBits() & (buckets - 1));
  }

  /**
   * The record's partition. It hashes the text of {@code ts_id} as Kafka's own partitioner hashes a
   * string key, and not the serialised Avro key, whose bytes carry the schema's id: a changed doc
   * string would move keys to other partitions. A sale that lies in another is refused, by the rule
   * {@code key_partition}.
   *
   * @param partitions how many partitions the topic has, 1 or more
   */
  public int partition(int partitions) {
    return Utils.toPositive(Utils.murmur2(text().getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
