package io.furnistream.stores.cassandra;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of DataStax's driver: those of a file, and over them our own. */
final class DriverSettings {

  /** In the driver's own form of configuration, where a later line wins. */
  private static final String OURS =
      """

      datastax-java-driver {
        basic.request.page-size = 2000
        basic.request.timeout = 30 seconds
        # What a majority holds: on a cluster, a single replica may be behind.
        basic.request.consistency = LOCAL_QUORUM
        # Closing waits this long, twice, in case of new requests: there are none.
        advanced.netty.io-group.shutdown.quiet-period = 0
        advanced.netty.admin-group.shutdown.quiet-period = 0
      }
      """;

  private DriverSettings() {}

  /**
   * The settings.
   *
   * @param file configuration of the driver, such as an {@code application.conf}; blank for none
   * @throws CannotRunException when the file cannot be read, or is no configuration
   */
  static DriverConfigLoader of(String file) {
    if (file.isBlank()) {
      return DriverConfigLoader.fromString(OURS);
    }
    try {
      DriverConfigLoader loader =
          DriverConfigLoader.fromString(Files.readString(Path.of(file.strip())) + OURS);
      // Parsed now, not when the session opens: the message is to name the file.
      loader.getInitialConfig();
      return loader;
    } catch (IOException | RuntimeException e) {
      throw new CannotRunException(
          "The driver's configuration in %s cannot be read (%s). Set %s to a configuration file of DataStax's Java driver that this user may read."
              .formatted(file, e, Endpoints.CASSANDRA_CONFIG),
          e);
    }
  }
}
