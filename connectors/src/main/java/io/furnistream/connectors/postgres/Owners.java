package io.furnistream.connectors.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;

/**
 * The table in which tasks say that a partition is theirs. A transaction of a task commits only
 * while its partitions still are: one that was believed dead, and comes back with an old batch, is
 * refused by the database itself.
 *
 * <p>A claim waits for the transactions of the owner before, and later ones of that owner find that
 * the row is no longer theirs.
 */
final class Owners {

  /** The property that names the table, as schema.table. */
  static final String TABLE = "owners.table";

  private static final String PATIENCE = "30s";

  private static final Pattern NAME = Pattern.compile("([a-z_][a-z0-9_]*)\\.([a-z_][a-z0-9_]*)");

  private final String connector;
  private final String claim;
  private final String check;
  private final Map<TopicPartition, UUID> claimed = new HashMap<>();

  /**
   * None is claimed yet.
   *
   * @param connector whose tasks share the partitions
   * @param table its columns are connector, topic, kafka_partition (together the primary key) and
   *     owner, a uuid
   * @throws ConfigException when that is no name of a table
   */
  Owners(String connector, String table) {
    if (!NAME.matcher(table).matches()) {
      throw new ConfigException(TABLE, table, "must be schema.table, in small letters");
    }
    if (connector == null) {
      throw new ConfigException("name", null, "must be the connector's name");
    }
    this.connector = connector;
    claim =
        "INSERT INTO "
            + table
            + " AS o (connector, topic, kafka_partition, owner) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (connector, topic, kafka_partition) DO UPDATE SET owner = excluded.owner";
    // The lock keeps a claim of another task waiting until this transaction has ended.
    check =
        "SELECT owner FROM "
            + table
            + " WHERE connector = ? AND topic = ? AND kafka_partition = ? FOR SHARE";
  }

  /** Whether this task has claimed all of these. */
  boolean hasClaimed(Collection<TopicPartition> partitions) {
    return claimed.keySet().containsAll(partitions);
  }

  /**
   * Makes these partitions this task's, whoever's they were. To be committed by the caller.
   *
   * @throws SQLException also when a transaction of the owner before has not ended within {@value
   *     #PATIENCE}
   */
  void claim(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    UUID owner = UUID.randomUUID();
    try (Statement patience = connection.createStatement()) {
      patience.execute("SET LOCAL lock_timeout = '" + PATIENCE + "'");
    }
    try (PreparedStatement statement = connection.prepareStatement(claim)) {
      for (TopicPartition partition : sorted(partitions)) {
        name(statement, partition);
        statement.setObject(4, owner);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    partitions.forEach(partition -> claimed.put(partition, owner));
  }

  /** Forgets claims: the partitions were taken away, or are to be claimed again. */
  void forget(Collection<TopicPartition> partitions) {
    claimed.keySet().removeAll(partitions);
  }

  /**
   * Lets the running transaction go on only if these partitions are this task's until it ends.
   *
   * @throws NotOwnerException when another task has claimed one since
   */
  void require(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(check)) {
      for (TopicPartition partition : sorted(partitions)) {
        name(statement, partition);
        try (ResultSet row = statement.executeQuery()) {
          if (!row.next() || !row.getObject(1, UUID.class).equals(claimed.get(partition))) {
            throw new NotOwnerException(partition);
          }
        }
      }
    }
  }

  private void name(PreparedStatement statement, TopicPartition partition) throws SQLException {
    statement.setString(1, connector);
    statement.setString(2, partition.topic());
    statement.setInt(3, partition.partition());
  }

  /** Two tasks that claim several at once must not wait for each other. */
  private static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .sorted(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
        .toList();
  }

  /** Another task has claimed a partition. */
  static final class NotOwnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotOwnerException(TopicPartition partition) {
      super("Another task has taken over partition " + partition);
    }
  }
}
