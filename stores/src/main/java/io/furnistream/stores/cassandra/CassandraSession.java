package io.furnistream.stores.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.UnavailableException;

/**
 * A session that only reads, by prepared statements and in pages. Thread-safe.
 *
 * <p>Every method throws {@link CannotRunException} when Cassandra does not answer.
 */
public final class CassandraSession implements AutoCloseable {

  private static final String READING =
      """
      datastax-java-driver.basic.request {
        page-size = 2000
        timeout = 30 seconds
        # What a majority holds: on a cluster, a single replica may be behind.
        consistency = LOCAL_QUORUM
      }
      """;

  private final String contactPoints;
  private final CqlSession session;

  /** Connects. */
  public CassandraSession(Endpoints endpoints) {
    this.contactPoints = endpoints.cassandraContactPoints();
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(ContactPoints.parse(contactPoints))
            .withLocalDatacenter(endpoints.cassandraDatacenter())
            .withConfigLoader(DriverSettings.of(endpoints.cassandraConfig(), READING));
    try {
      this.session = builder.build();
    } catch (DriverException e) {
      throw new UnavailableException(
          "Cassandra at %s does not answer (%s). Start the stack with `furnistream up`, or set %s."
              .formatted(contactPoints, e.getMessage(), Endpoints.CASSANDRA_CONTACT_POINTS),
          e);
    }
  }

  /** Prepares a statement that reads. */
  public PreparedStatement prepare(String cql) {
    try {
      return session.prepare(cql);
    } catch (DriverException e) {
      throw cannotRead(e);
    }
  }

  /** Takes each row that the statement returns with these values. */
  public void forEachRow(PreparedStatement statement, RowReader reader, Object... values) {
    try {
      for (Row row : session.execute(statement.bind(values))) {
        reader.read(row);
      }
    } catch (DriverException e) {
      throw cannotRead(e);
    }
  }

  @Override
  public void close() {
    session.close();
  }

  /** Takes a row. */
  public interface RowReader {
    /** Takes a row. */
    void read(Row row);
  }

  private CannotRunException cannotRead(DriverException cause) {
    if (cause instanceof InvalidQueryException) {
      return new CannotRunException(
          "Cassandra at %s lacks a table or column of the platform (%s). `furnistream up` brings its tables up to date."
              .formatted(contactPoints, cause.getMessage()),
          cause);
    }
    return new UnavailableException(
        "Cassandra at %s cannot be read (%s). See `furnistream status` and `furnistream logs cassandra`."
            .formatted(contactPoints, cause.getMessage()),
        cause);
  }
}
