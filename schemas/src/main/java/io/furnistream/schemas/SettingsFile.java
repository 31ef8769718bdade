package io.furnistream.schemas;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lines of a properties file over those of the defaults. It remembers what was asked for: the rest
 * is unknown.
 */
final class SettingsFile {

  private static final String DEFAULTS = "/settings/platform.properties";
  private static final String NAME_OF_DEFAULTS = "platform.properties, the defaults";

  private final String name;
  private final Map<String, String> own;
  private final Map<String, String> defaults;
  private final Set<String> asked = new HashSet<>();

  private SettingsFile(String name, Map<String, String> own, Map<String, String> defaults) {
    this.name = name;
    this.own = own;
    this.defaults = defaults;
  }

  static SettingsFile defaults() {
    return new SettingsFile(NAME_OF_DEFAULTS, Map.of(), shipped());
  }

  static SettingsFile read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new SettingsFile(file.toString(), lines(file.toString(), reader), shipped());
    } catch (CharacterCodingException e) {
      throw new CannotRunException("%s is not UTF-8. Save it so.".formatted(file), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotRunException(
          "The settings in %s cannot be read (%s). Correct the file, or have %s name another."
              .formatted(file, e, PlatformSettings.VARIABLE),
          e);
    }
  }

  private static Map<String, String> shipped() {
    try (InputStream stream = SettingsFile.class.getResourceAsStream(DEFAULTS);
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return lines(NAME_OF_DEFAULTS, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(DEFAULTS + " cannot be read", e);
    }
  }

  private static Map<String, String> lines(String name, Reader reader) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    new Properties() {
      @Override
      public synchronized Object put(Object key, Object value) {
        String text = value.toString().strip();
        if (lines.putIfAbsent(key.toString(), text) != null) {
          throw new CannotRunException(
              "%s: '%s' is written twice. Leave one of them out.".formatted(name, key));
        }
        return null;
      }
    }.load(reader);
    return lines;
  }

  /** Whether no file was named. */
  boolean isDefault() {
    return name.equals(NAME_OF_DEFAULTS);
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  /** A whole number that the file or the defaults must have. */
  int number(String key, int least, int most) {
    return numberOr(key, null, least, most);
  }

  /** A whole number, or another where neither the file nor the defaults have one. */
  int numberOr(String key, Integer otherwise, int least, int most) {
    asked.add(key);
    String text = own.getOrDefault(key, defaults.get(key));
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw wrong(key, "a whole number from %d to %d".formatted(least, most));
  }

  /**
   * The lines that begin so: the file's, if it has any, and otherwise those of the defaults. The
   * prefix alone is a key, too.
   */
  SortedMap<String, String> group(String prefix) {
    SortedMap<String, String> group = group(own, prefix);
    if (group.isEmpty()) {
      group = group(defaults, prefix);
    }
    asked.addAll(group.keySet());
    return group;
  }

  private static SortedMap<String, String> group(Map<String, String> lines, String prefix) {
    SortedMap<String, String> group = new TreeMap<>();
    lines.forEach(
        (key, value) -> {
          if (key.equals(prefix) || key.startsWith(prefix + ".")) {
            group.put(key, value);
          }
        });
    return group;
  }

  CannotRunException wrong(String key, String takes) {
    return new CannotRunException(
        "%s: '%s' is '%s'; write %s."
            .formatted(name, key, own.getOrDefault(key, defaults.get(key)), takes));
  }

  void refuseUnknown() {
    for (String key : own.keySet()) {
      if (!asked.contains(key)) {
        throw new CannotRunException(
            "%s: there is no setting '%s'. Known are %s, cassandra.replication.OPTION and connect.config.CONNECTOR.PROPERTY, for the CONNECTORs of connect.tasks.max."
                .formatted(name, key, String.join(", ", new TreeSet<>(asked))));
      }
    }
  }
}
