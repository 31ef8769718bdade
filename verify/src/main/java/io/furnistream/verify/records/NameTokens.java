package io.furnistream.verify.records;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens that replace customers' names in every store, computed by the documentation of the
 * transform {@code Pseudonymise} and not by its code: HMAC-SHA-256 over the length of the domain (4
 * bytes, big-endian), the domain, and the name in Unicode's normal form C. Not thread-safe.
 */
public final class NameTokens {

  /** As in {@code connectors/cassandra-daily-records.json}. */
  private static final byte[] DOMAIN = "customer_name".getBytes(StandardCharsets.UTF_8);

  private static final int LENGTH = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /** Tokens of a key, which is not blank. */
  public NameTokens(String key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** The token of a name. */
  String of(String name) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(DOMAIN.length).array());
    mac.update(DOMAIN);
    byte[] hash =
        mac.doFinal(
            Normalizer.normalize(name, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, LENGTH);
  }
}
