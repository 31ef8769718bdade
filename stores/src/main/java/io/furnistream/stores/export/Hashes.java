package io.furnistream.stores.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as 64 hexadecimal digits. */
public final class Hashes {

  private Hashes() {}

  /** The hash of a text in UTF-8. */
  public static String sha256(String text) {
    return text(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The hash of a file. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return text(digest.digest());
  }

  /** A digest that computes such a hash. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The hash as text. */
  public static String text(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
