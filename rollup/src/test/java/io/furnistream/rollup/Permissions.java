package io.furnistream.rollup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Folders that cannot be written to, whichever user runs the tests. */
final class Permissions {

  private static final Integer ROOT = 0;

  private Permissions() {}

  /**
   * The command within which permissions count: to root they count for nothing, unless it gives up
   * the two capabilities that say so.
   */
  static List<String> counting(Path ownFolder) throws IOException {
    return ROOT.equals(Files.getAttribute(ownFolder, "unix:uid"))
        ? List.of(
            "setpriv",
            "--inh-caps=-dac_override,-dac_read_search",
            "--bounding-set=-dac_override,-dac_read_search")
        : List.of();
  }

  static void set(Path folder, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }
}
