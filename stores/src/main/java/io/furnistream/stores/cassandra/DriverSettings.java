package io.furnistream.stores.cassandra;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.io.File;

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
    Config settings = ConfigFactory.parseString(ALWAYS + ours);
    if (file.isBlank()) {
      return loader(settings);
    }
    try {
      // Read as a file, not as a text before ours: it may be in braces, and include others beside
      // it.
      DriverConfigLoader loader =
          loader(
              settings.withFallback(
                  ConfigFactory.parseFile(
                      new File(file.strip()),
                      ConfigParseOptions.defaults().setAllowMissing(false))));
      // Parsed now, not when the session opens: the message is to name the file.
      loader.getInitialConfig();
      return loader;
    } catch (RuntimeException e) {
      throw new CannotRunException(
          "The driver's configuration in %s cannot be read (%s). Set %s to a configuration file of DataStax's Java driver that this user may read."
              .formatted(file, e, Endpoints.CASSANDRA_CONFIG),
          e);
    }
  }

  private static DriverConfigLoader loader(Config settings) {
    return DriverConfigLoader.fromString(settings.root().render(ConfigRenderOptions.concise()));
  }
}
