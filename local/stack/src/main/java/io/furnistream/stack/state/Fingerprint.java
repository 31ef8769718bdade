package io.furnistream.stack.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A short text that changes with its input: says whether something has to be done again. */
public final class Fingerprint {

  private static final int DIGITS = 16;

  private final MessageDigest digest;

  /** Of nothing yet. */
  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Adds the contents of a file. */
  public Fingerprint of(Path file) throws IOException {
    digest.update(Files.readAllBytes(file));
    return this;
  }

  /** Adds every module of Python in a folder. */
  public Fingerprint ofPython(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".py")).sorted().toList()) {
        of(file);
      }
    }
    return this;
  }

  /** Adds bytes. */
  public Fingerprint of(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds a text, which cannot run into the next one. */
  public Fingerprint of(String text) {
    digest.update((text + "\0").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Sixteen hexadecimal digits. Ends this fingerprint. */
  public String text() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
