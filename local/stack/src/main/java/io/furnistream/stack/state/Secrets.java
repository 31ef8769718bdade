package io.furnistream.stack.state;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The generated passwords of one stack, kept in {@code secrets.env}. Each service asks for those
 * that it uses while the stack is laid out; what is missing is made, and then all are saved.
 */
public final class Secrets {

  private static final int PASSWORD_BYTES = 24;

  private final Path file;
  private final Map<String, String> values;
  private Map<String, String> saved;

  private Secrets(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
    this.saved = Map.copyOf(values);
  }

  /**
   * Reads the secrets of a stack; none when there is no file yet.
   *
   * @param file {@code secrets.env}
   * @throws CannotRunException when a line is not KEY=value; the message names it
   */
  public static Secrets read(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return new Secrets(file, values);
    }
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new CannotRunException(
            "%s, line %d: expected KEY=value. Correct the line, or remove it to have it made again."
                .formatted(file, number));
      }
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return new Secrets(file, values);
  }

  /** Makes a password of 32 characters unless there is one. */
  public void ensurePassword(String name) {
    ensureKey(name, PASSWORD_BYTES);
  }

  /**
   * Makes a key unless there is one, in Base64's alphabet for URLs, without padding.
   *
   * @param length bytes of randomness
   */
  public void ensureKey(String name, int length) {
    values.computeIfAbsent(name, absent -> random(length));
  }

  /** Makes a key as {@link #ensureKey} does, with the padding that some libraries insist on. */
  public void ensurePaddedKey(String name, int length) {
    values.computeIfAbsent(
        name, absent -> Base64.getUrlEncoder().encodeToString(randomBytes(length)));
  }

  /** Gives a secret another name, unless one has that name already. */
  public void rename(String from, String to) {
    if (!values.containsKey(to) && values.containsKey(from)) {
      values.put(to, values.remove(from));
    }
  }

  /** Keeps a value that is derived from secrets. */
  public void set(String name, String value) {
    values.put(name, value);
  }

  /**
   * One of the secrets.
   *
   * @throws IllegalArgumentException when it was not asked for before
   */
  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No secret has the name " + name);
    }
    return value;
  }

  /** Writes the file with mode 0600, if anything has changed. */
  public void save() throws IOException {
    if (!values.equals(saved)) {
      StateFolder.writePrivately(
          file,
          values.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
              .collect(Collectors.joining()));
      saved = Map.copyOf(values);
    }
  }

  /** Only letters, digits, - and _, so that it needs no escaping in a URL. */
  private static String random(int length) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(length));
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
