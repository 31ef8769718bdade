package io.furnistream.provision;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.furnistream.cli.CannotRunException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How Cassandra is reached.
 *
 * @param contactPoints host:port list
 * @param datacenter the local one
 * @param user a role that may change schemas; blank where none is asked for
 * @param password that role's; never printed
 */
record CassandraClient(String contactPoints, String datacenter, String user, String password) {

  private static final int PORT = 9042;
  private static final int MOST_PORTS = 65_535;
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(20);

  /** Opens a session. */
  CqlSession connect() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withLocalDatacenter(datacenter)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, QUERY_LIMIT)
                    .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, QUERY_LIMIT)
                    .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                    .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                    .build());
    for (String contactPoint : contactPoints.split(",", -1)) {
      builder.addContactPoint(address(contactPoint.strip()));
    }
    if (!user.isBlank()) {
      builder.withAuthCredentials(user, password);
    }
    return builder.build();
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
