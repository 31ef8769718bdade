package io.furnistream.stack.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The environment of what this stack runs. Of the user's variables it has only those that are known
 * to be needed: a proxy, a zone, an option of every JVM or a setting of another PostgreSQL or
 * Airflow is meant for other programs, and no service needs the user's secrets.
 */
public final class ChildEnvironment {

  /** Where programs and their libraries are found, who the user is, and the map's key. */
  private static final Set<String> INHERITED =
      Set.of("PATH", "LD_LIBRARY_PATH", "HOME", "USER", "LOGNAME", "MAPBOX_API_KEY");

  private static final String OURS = "FURNISTREAM_";

  /** Names of files are UTF-8, messages English, and logs in UTC, whatever the machine says. */
  private static final Map<String, String> FIXED = Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC");

  /** What an install of packages must not see: the user may have a Python of their own. */
  private static final String PYTHON = "PYTHON";

  private ChildEnvironment() {}

  /**
   * Leaves only what a service, or a tool of ours, should have.
   *
   * @param environment as inherited; is changed
   * @param own what it is given in addition
   */
  public static void ofService(Map<String, String> environment, Map<String, String> own) {
    environment.keySet().removeIf(name -> !INHERITED.contains(name) && !name.startsWith(OURS));
    environment.putAll(FIXED);
    environment.putAll(own);
  }

  /** Leaves what an install may have: the user's proxy and settings. */
  public static void ofInstall(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith(PYTHON));
  }

  /** Where a process unpacks what it needs for a while. */
  public static Map<String, String> temporary(Path folder) {
    return Map.of("TMPDIR", folder.toString());
  }
}
