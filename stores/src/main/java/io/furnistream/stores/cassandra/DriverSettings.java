package io.furnistream.stores.cassandra;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of DataStax's driver: those of a file, and over them our own. */
public final class DriverSettings {

  private static final String ALWAYS =
      """

      # Closing waits this long, twice, in case of new requests: there are none.
      datastax-java-driver.advanced.netty.io-group.shutdown.quiet-period = 0
      datastax-java-driver.advanced.netty.admin-group.shutdown.quiet-period = 0
      """;

  private DriverSettings() {}

  /**
   * The settings.
   *
   * @param file configuration of the driver, such as an {@code application.conf}; blank for none
   * @param ours in the driver's own form of configuration, where a later line wins
   * @throws CannotRunException when the file cannot be read, or is no configuration
   */
  public static DriverConfigLoader of(String file, String ours) {
    if (file.isBlank()) {
      return DriverConfigLoader.fromString(ALWAYS + ours);
    }
    try {
      DriverConfigLoader loader =
          DriverConfigLoader.fromString(Files.readString(Path.of(file.strip())) + ALWAYS + ours);
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
