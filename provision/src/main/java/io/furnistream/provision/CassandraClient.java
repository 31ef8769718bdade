package io.furnistream.provision;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.stores.cassandra.ContactPoints;
import io.furnistream.stores.cassandra.DriverSettings;
import java.util.List;

/**
 * How Cassandra is reached.
 *
 * @param contactPoints host:port list
 * @param datacenter the local one
 * @param config a configuration file of the driver, for TLS and the like; blank for none
 * @param user a role that may change schemas; blank where none is asked for
 * @param password that role's; never printed
 */
record CassandraClient(
    String contactPoints, String datacenter, String config, String user, String password) {

  private static final String OURS =
      """
      datastax-java-driver.basic.request.timeout = 20 seconds
      datastax-java-driver.advanced.control-connection.timeout = 20 seconds
      """;

  /**
   * Opens a session.
   *
   * @throws CannotRunException when the contact points or the driver's settings are not taken
   */
  CqlSession connect() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(ContactPoints.parse(contactPoints))
            .withLocalDatacenter(datacenter)
            .withConfigLoader(DriverSettings.of(config, OURS));
    if (!user.isBlank()) {
      builder.withAuthCredentials(user, password);
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new CannotRunException(
          "Cassandra's driver does not take its settings: %s. Set them right in the file that %s names."
              .formatted(Reason.of(e), Endpoints.CASSANDRA_CONFIG),
          e);
    }
  }

  /** Whether a node answered, and refused the role. */
  static boolean isRefused(AllNodesFailedException error) {
    return error.getAllErrors().values().stream()
        .flatMap(List::stream)
        .anyMatch(AuthenticationException.class::isInstance);
  }

  @Override
  public String toString() {
    return "CassandraClient[%s, %s]".formatted(contactPoints, datacenter);
  }
}
