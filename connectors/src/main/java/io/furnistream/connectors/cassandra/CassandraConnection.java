package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * One session, opened when it is asked for and kept: the driver itself finds the nodes again after
 * an outage, as long as they keep their addresses.
 */
final class CassandraConnection implements AutoCloseable {

  private final CassandraSinkConfig config;
  private CqlSession session;

  CassandraConnection(CassandraSinkConfig config) {
    this.config = config;
  }

  /**
   * The session.
   *
   * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra does not answer
   * @throws ConfigException when the datacenter is not one of the cluster's
   */
  CqlSession session() {
    if (session == null) {
      CqlSession opened = open();
      try {
        requireDatacenter(opened);
        session = opened;
      } finally {
        if (session == null) {
          opened.forceCloseAsync();
        }
      }
    }
    return session;
  }

  /** Discards the session: the next one resolves the contact points again. */
  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private CqlSession open() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(config.contactPoints())
            .withLocalDatacenter(config.localDatacenter())
            .withClassLoader(CassandraConnection.class.getClassLoader())
            .withConfigLoader(DriverSettings.of(config));
    if (config.hasCredentials()) {
      builder.withAuthCredentials(config.username(), config.password());
    }
    return builder.build();
  }

  /** A datacenter that does not exist would look like an outage that never ends. */
  private void requireDatacenter(CqlSession opened) {
    TreeSet<String> datacenters =
        opened.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!datacenters.isEmpty()
        && datacenters.stream().noneMatch(Predicate.isEqual(config.localDatacenter()))) {
      throw new ConfigException(
          CassandraSinkConfig.LOCAL_DC, config.localDatacenter(), "must be one of " + datacenters);
    }
  }
}
