package io.furnistream.transforms.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.connect.errors.ConnectException;

/** Tokens of one key and domain. Not thread-safe. */
public final class Tokens {

  private static final String ALGORITHM = "HmacSHA256";

  /** The same people come again, and a token costs as much as all else that is done to a record. */
  private static final int REMEMBERED = 4096;

  /** Characters; a longer text is not a name that comes again, and would fill the memory. */
  private static final int LONGEST_REMEMBERED = 256;

  private static final HexFormat HEX = HexFormat.of();

  private final Mac mac;
  private final byte[] prefix;
  private final Cache<String, String> recent = new LRUCache<>(REMEMBERED);
  private final int length;

  /**
   * Tokens of a key.
   *
   * @param key of the HMAC
   * @param domain of the tokens; may be empty
   * @param length hexadecimal digits of a token, 1 to 64
   */
  public Tokens(byte[] key, String domain, int length) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new ConnectException("This Java has no " + ALGORITHM, e);
    }
    byte[] name = domain.getBytes(StandardCharsets.UTF_8);
    // With its length in front, no domain and text run together into those of another pair.
    prefix = ByteBuffer.allocate(Integer.BYTES + name.length).putInt(name.length).put(name).array();
    this.length = length;
  }

  /** The token of a text. */
  public String of(String text) {
    String token = recent.get(text);
    if (token == null) {
      token = hash(text);
      if (text.length() <= LONGEST_REMEMBERED) {
        recent.put(text, token);
      }
    }
    return token;
  }

  private String hash(String text) {
    mac.update(prefix);
    byte[] hash =
        mac.doFinal(
            Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8));
    return HEX.formatHex(hash).substring(0, length);
  }
}
