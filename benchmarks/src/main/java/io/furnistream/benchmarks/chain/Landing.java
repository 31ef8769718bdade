package io.furnistream.benchmarks.chain;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.Endpoints;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The tables that the sink writes, as Cassandra itself counts the writes to them. */
final class Landing implements AutoCloseable {

  private static final Duration QUERY_LIMIT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final PreparedStatement writes;

  /** Opens a session with the one node of the stack. */
  Landing(Endpoints endpoints) {
    String[] node = endpoints.cassandraContactPoints().split(":", 2);
    session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(node[0], Integer.parseInt(node[1])))
            .withLocalDatacenter(endpoints.cassandraDatacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, QUERY_LIMIT)
                    .build())
            .build();
    writes =
        session.prepare(
            "SELECT \"count\" FROM system_views.local_write_latency"
                + " WHERE keyspace_name = 'furniture' AND table_name = ?");
  }

  /**
   * Takes all rows out. No deletion is written, so a row may come back with the stamp that it had.
   */
  void empty() {
    session.execute("TRUNCATE furniture.daily_records");
  }

  /** How many writes a table has taken since Cassandra started, each of rows of one partition. */
  long writes(String table) {
    Row row = session.execute(writes.bind(table)).one();
    return row == null ? 0 : row.getLong("count");
  }

  /** How many rows a table holds, asked of Cassandra page by page. */
  long rows() {
    long rows = 0;
    for (Row ignored : session.execute("SELECT bucket FROM furniture.daily_records")) {
      rows++;
    }
    return rows;
  }

  @Override
  public void close() {
    session.close();
  }
}
