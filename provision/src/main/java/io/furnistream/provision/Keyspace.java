package io.furnistream.provision;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.PlatformSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Cassandra's keyspace, with the tables and columns of its migrations. */
final class Keyspace implements Part {

  private static final String NAME = "furniture";
  private static final String CLASS = "class";
  private static final String FACTOR = "replication_factor";
  private static final String SIMPLE = "SimpleStrategy";
  private static final Duration AGREEMENT_LIMIT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private final CassandraClient client;
  private final CassandraRoles roles;
  private final PlatformSettings settings;
  private final List<CqlMigration> migrations = new ArrayList<>();
  private CqlSession session;

  Keyspace(
      CassandraClient client,
      CassandraAccess access,
      PlatformFiles files,
      PlatformSettings settings) {
    this.client = client;
    this.roles = new CassandraRoles(client, access);
    this.settings = settings;
    for (Path file : files.cql()) {
      migrations.addAll(CqlMigration.read(file));
    }
  }

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public String place() {
    return "Cassandra at " + client.contactPoints();
  }

  @Override
  public void answers() {
    try {
      session().execute("SELECT release_version FROM system.local");
    } catch (NoNodeAvailableException e) {
      // The driver asks nodes of the local datacenter only, but knows those of all.
      Map<String, Long> nodes = nodes();
      if (nodes.isEmpty() || nodes.containsKey(client.datacenter())) {
        throw e;
      }
      throw new CannotRunException(
          "%s has no datacenter '%s', only %s: set %s to that of them whose nodes are to be asked."
              .formatted(
                  place(),
                  client.datacenter(),
                  String.join(", ", nodes.keySet()),
                  Endpoints.CASSANDRA_DATACENTER),
          e);
    }
  }

  @Override
  public List<Difference> differences() {
    Optional<Map<String, String>> replication = replication();
    List<Difference> differences = new ArrayList<>();
    Map<String, String> wanted = expanded(settings.cassandraReplication());
    if (replication.isEmpty()) {
      requireNodes(wanted, differences);
      differences.add(
          new Difference("keyspace " + NAME, "is missing", () -> change("CREATE", wanted)));
      return differences;
    }
    if (!replication.get().equals(wanted)) {
      requireNodes(wanted, differences);
      differences.add(
          new Difference(
              "keyspace " + NAME,
              "has the replication %s instead of %s".formatted(cql(replication.get()), cql(wanted)),
              () -> change("ALTER", wanted)));
    }
    Map<String, Map<String, String>> tables = tables();
    Set<String> dropped = droppedColumns();
    for (CqlMigration migration : migrations) {
      compare(migration, tables, dropped, differences);
    }
    differences.addAll(roles.differences(session()));
    return differences;
  }

  private void compare(
      CqlMigration migration,
      Map<String, Map<String, String>> tables,
      Set<String> dropped,
      List<Difference> differences) {
    Map<String, String> columns = tables.get(migration.table());
    String table = "table %s.%s".formatted(NAME, migration.table());
    if (columns == null) {
      if (migration.creates()) {
        differences.add(
            new Difference(table, "is missing", () -> execute(migration.statement(), "created")));
      }
      return;
    }
    migration
        .columns()
        .keySet()
        .forEach(
            column -> {
              String type = migration.type(column);
              String present = columns.get(column);
              if (present == null && dropped.contains(path(migration.table(), column))) {
                differences.add(
                    Difference.forAPerson(
                        table,
                        "has no column %s: it was dropped, and Cassandra discards what has an older write timestamp than that, as what the sink writes has, so that the column would stay empty. Stop the connectors that write the table, run '%s', and have them read again under a new base, as docs/production.md says (\"To have a sink read again\")"
                            .formatted(column, migration.adding(column))));
              } else if (present == null) {
                differences.add(
                    new Difference(
                        table,
                        "has no column " + column,
                        () -> execute(migration.adding(column), "given the column " + column)));
              } else if (!present.equals(type)) {
                differences.add(
                    Difference.forAPerson(
                        table,
                        "has the column %s as %s instead of %s, which Cassandra cannot change: copy the table under another name, drop it, and provision again"
                            .formatted(column, present, type)));
              }
            });
  }

  /** Columns of each table, with their types. */
  private Map<String, Map<String, String>> tables() {
    Map<String, Map<String, String>> tables = new TreeMap<>();
    for (Row row :
        session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT table_name, column_name, type FROM system_schema.columns"
                        + " WHERE keyspace_name = ?",
                    NAME))) {
      tables
          .computeIfAbsent(row.getString("table_name"), name -> new TreeMap<>())
          .put(row.getString("column_name"), row.getString("type"));
    }
    return tables;
  }

  /** Columns that some table had once, as {@code table.column}; it may have them again. */
  private Set<String> droppedColumns() {
    Set<String> dropped = new HashSet<>();
    for (Row row :
        session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT table_name, column_name FROM system_schema.dropped_columns"
                        + " WHERE keyspace_name = ?",
                    NAME))) {
      dropped.add(path(row.getString("table_name"), row.getString("column_name")));
    }
    return dropped;
  }

  private static String path(String table, String column) {
    return table + "." + column;
  }

  private Optional<Map<String, String>> replication() {
    Row row =
        session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?",
                    NAME))
            .one();
    if (row == null) {
      return Optional.empty();
    }
    Map<String, String> replication =
        new TreeMap<>(row.getMap("replication", String.class, String.class));
    replication.computeIfPresent(
        CLASS, (key, value) -> value.substring(value.lastIndexOf('.') + 1));
    return Optional.of(replication);
  }

  /** Cassandra keeps a factor for each datacenter where one was given for all. */
  private Map<String, String> expanded(Map<String, String> replication) {
    Map<String, String> expanded = new TreeMap<>(replication);
    String factor = expanded.get(FACTOR);
    if (factor != null && !SIMPLE.equals(expanded.get(CLASS))) {
      expanded.remove(FACTOR);
      nodes().keySet().forEach(datacenter -> expanded.putIfAbsent(datacenter, factor));
    }
    return expanded;
  }

  /** How many nodes each datacenter has. */
  private Map<String, Long> nodes() {
    return session().getMetadata().getNodes().values().stream()
        .map(Node::getDatacenter)
        .filter(Objects::nonNull)
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  private void requireNodes(Map<String, String> wanted, List<Difference> differences) {
    Map<String, Long> nodes = nodes();
    boolean simple = SIMPLE.equals(wanted.get(CLASS));
    wanted.forEach(
        (datacenter, factor) -> {
          if (datacenter.equals(CLASS)) {
            return;
          }
          long present =
              simple
                  ? nodes.values().stream().mapToLong(Long::longValue).sum()
                  : nodes.getOrDefault(datacenter, 0L);
          if (present < Integer.parseInt(factor)) {
            differences.add(
                Difference.forAPerson(
                    "keyspace " + NAME,
                    "is to have %s copies in %s, but of its nodes there are %d (%s): start more, or correct cassandra.replication in %s"
                        .formatted(
                            factor,
                            simple ? "the cluster" : "the datacenter " + datacenter,
                            present,
                            nodes,
                            settings.file())));
          }
        });
  }

  private String change(String verb, Map<String, String> replication) throws Exception {
    String did =
        execute(
            "%s KEYSPACE %s WITH replication = %s".formatted(verb, NAME, cql(replication)),
            verb.equals("CREATE") ? "created" : "altered");
    return did
        + ", with the replication "
        + cql(replication)
        + (verb.equals("CREATE")
            ? ""
            : ". Now run nodetool repair --full %s on every node, and nodetool cleanup %s where there are fewer copies: until then a read may miss rows"
                .formatted(NAME, NAME));
  }

  /** Only of names and numbers that the settings were checked for. */
  private static String cql(Map<String, String> replication) {
    return replication.entrySet().stream()
        .map(entry -> "'%s': '%s'".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String execute(String statement, String did) throws InterruptedException {
    ResultSet result = session().execute(statement);
    Deadline deadline = Deadline.in(AGREEMENT_LIMIT);
    while (!result.getExecutionInfo().isSchemaInAgreement() && !session().checkSchemaAgreement()) {
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "The nodes of %s do not agree on the schema, a minute after it was changed. See nodetool describecluster; then provision again."
                .formatted(place()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return "was " + did;
  }

  private CqlSession session() {
    if (session == null) {
      try {
        session = client.connect();
      } catch (AllNodesFailedException e) {
        if (CassandraClient.isRefused(e)) {
          throw new CannotRunException(
              "%s does not let %s in: %s. Set %s and %s to a role that may change schemas."
                  .formatted(
                      place(),
                      client.user().isBlank() ? "anybody without a name" : client.user(),
                      Reason.of(e),
                      ProvisionTarget.CASSANDRA_ADMIN_USER,
                      ProvisionTarget.CASSANDRA_ADMIN_PASSWORD),
              e);
        }
        throw e;
      }
    }
    return session;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
