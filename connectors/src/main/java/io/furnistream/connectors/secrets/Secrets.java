package io.furnistream.connectors.secrets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets that environment variables hold, and text without them.
 *
 * <p>A secret is found in any case, and as JSON, URLs and Connect's lists of values write it. If it
 * has commas, each part is found too: a list is shown part by part.
 */
public final class Secrets {

  /** Which variables hold secrets, where nothing else is said: by the end of their names. */
  public static final String DEFAULT_VARIABLES =
      "(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIALS?)";

  /**
   * The least number of characters of a secret. A shorter one would be found in the names of
   * properties and classes, and the text would become unreadable.
   */
  public static final int SHORTEST = 8;

  /** What replaces a secret. */
  static final String HIDDEN = "[hidden]";

  private final ByteReplacer replacer;
  private final Set<String> tooShort;

  private Secrets(ByteReplacer replacer, Set<String> tooShort) {
    this.replacer = replacer;
    this.tooShort = tooShort;
  }

  /**
   * Secrets of an environment.
   *
   * @param variables matches the whole names of the variables that hold secrets
   */
  public static Secrets of(Map<String, String> environment, Pattern variables) {
    Set<String> forms = new LinkedHashSet<>();
    Set<String> tooShort = new TreeSet<>();
    environment.forEach(
        (variable, text) -> {
          String secret = text.strip();
          if (variables.matcher(variable).matches() && !secret.isEmpty()) {
            if (secret.length() < SHORTEST) {
              tooShort.add(variable);
            } else {
              parts(secret).flatMap(Secrets::forms).forEach(forms::add);
            }
          }
        });
    return new Secrets(ByteReplacer.of(forms, HIDDEN), tooShort);
  }

  /** Variables whose text is too short to be hidden; empty ones are not among them. */
  public Set<String> tooShort() {
    return tooShort;
  }

  /** A text without the secrets. */
  public String hide(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    try (OutputStream hiding = new ReplacingStream(bytes, replacer)) {
      hiding.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** A stream that hands on what is written to it, in UTF-8, without the secrets. */
  ReplacingStream hiding(OutputStream out) {
    return new ReplacingStream(out, replacer);
  }

  /** The secret, as a list of it is written, and each part of such a list. */
  private static Stream<String> parts(String secret) {
    if (secret.indexOf(',') < 0) {
      return Stream.of(secret);
    }
    String[] parts = secret.split("\\s*,\\s*", -1);
    return Stream.concat(
        Stream.of(secret, String.join(",", parts), String.join(", ", parts)),
        Arrays.stream(parts).filter(part -> part.length() >= SHORTEST));
  }

  private static Stream<String> forms(String secret) {
    return Stream.of(
            // The search ignores case only within ASCII.
            secret, secret.toLowerCase(Locale.ROOT), secret.toUpperCase(Locale.ROOT))
        .flatMap(
            text ->
                Stream.of(
                    text,
                    json(text),
                    // JSON within a message.
                    json(json(text)),
                    url(text),
                    url(text).replace("+", "%20")));
  }

  private static String json(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
