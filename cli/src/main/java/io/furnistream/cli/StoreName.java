package io.furnistream.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Which store's sales are generated where a command does not say. */
public final class StoreName {

  /** Names the environment variable that says it, for every part that asks. */
  public static final String VARIABLE = "FURNISTREAM_STORE";

  /** The store unless the variable names another. */
  public static final String DEFAULT = "furniture";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

  private StoreName() {}

  /** Whether environment variables name a store; a blank variable counts as none. */
  public static boolean isIn(Map<String, String> environment) {
    return !value(environment).isEmpty();
  }

  /**
   * Reads the store from environment variables.
   *
   * @return the name of a store that ships, or the path of a file, which is absolute: a job may run
   *     in another folder
   */
  public static String fromEnvironment(Map<String, String> environment) {
    String value = value(environment);
    if (value.isEmpty()) {
      return DEFAULT;
    }
    return NAME.matcher(value).matches()
        ? value
        : Path.of(value).toAbsolutePath().normalize().toString();
  }

  private static String value(Map<String, String> environment) {
    return environment.getOrDefault(VARIABLE, "").strip();
  }
}
