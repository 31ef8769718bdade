package io.furnistream.provision;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.stores.cassandra.DriverSettings;
import java.net.InetSocketAddress;
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

  private static final int PORT = 9042;
  private static final int MOST_PORTS = 65_535;

  private static final String OURS =
      """
      datastax-java-driver.basic.request.timeout = 20 seconds
      datastax-java-driver.advanced.control-connection.timeout = 20 seconds
      """;

  /** Opens a session. */
  CqlSession connect() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withLocalDatacenter(datacenter)
            .withConfigLoader(DriverSettings.of(config, OURS));
    for (String contactPoint : contactPoints.split(",", -1)) {
      builder.addContactPoint(address(contactPoint.strip()));
    }
    if (!user.isBlank()) {
      builder.withAuthCredentials(user, password);
    }
    return builder.build();
  }

  /** Whether a node answered, and refused the role. */
  static boolean isRefused(AllNodesFailedException error) {
    return error.getAllErrors().values().stream()
        .flatMap(List::stream)
        .anyMatch(AuthenticationException.class::isInstance);
  }

  private static InetSocketAddress address(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    if (colon < 0) {
      return new InetSocketAddress(contactPoint, PORT);
    }
    try {
      int port = Integer.parseInt(contactPoint.substring(colon + 1));
      if (port > 0 && port <= MOST_PORTS) {
        return new InetSocketAddress(contactPoint.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new CannotRunException(
        "'%s' is not host:port, such as 127.0.0.1:9042".formatted(contactPoint));
  }

  @Override
  public String toString() {
    return "CassandraClient[%s, %s]".formatted(contactPoints, datacenter);
  }
}
