package io.furnistream.provision;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cassandra's roles, where it asks for roles: what the sinks write as, and what the jobs read as.
 */
final class CassandraRoles {

  private static final String SETTINGS = "SELECT name, value FROM system_views.settings";
  private static final String RESOURCE = "<keyspace furniture>";
  private static final Map<String, List<String>> RIGHTS =
      Map.of(Report.WRITER, List.of("SELECT", "MODIFY"), Report.READER, List.of("SELECT"));

  private final CassandraClient client;
  private final Map<String, String> passwords = new LinkedHashMap<>();

  CassandraRoles(CassandraClient client, CassandraAccess access) {
    this.client = client;
    put(Report.WRITER, access.writerPassword());
    put(Report.READER, access.readerPassword());
  }

  private void put(String role, String password) {
    if (!password.isBlank()) {
      passwords.put(role, password);
    }
  }

  List<Difference> differences(CqlSession session) {
    List<Difference> differences = new ArrayList<>();
    if (passwords.isEmpty() || !asks(session, "authenticator")) {
      return differences;
    }
    Set<String> present = new HashSet<>();
    session.execute("LIST ROLES").forEach(row -> present.add(row.getString("role")));
    boolean hasRights = asks(session, "authorizer");
    passwords.forEach(
        (role, password) -> {
          if (!present.contains(role)) {
            differences.add(
                new Difference(
                    "role " + role,
                    "is missing in Cassandra",
                    () -> set(session, "CREATE", role, password, "was created in Cassandra")));
            return;
          }
          if (!opens(role, password)) {
            differences.add(
                new Difference(
                    "role " + role,
                    "has another password in Cassandra than the one that is given",
                    () -> set(session, "ALTER", role, password, "was given its password")));
          }
          if (hasRights) {
            compareRights(session, role, differences);
          }
        });
    return differences;
  }

  /** Whether Cassandra asks who somebody is, or what he may. Unless told otherwise, it does not. */
  private static boolean asks(CqlSession session, String setting) {
    for (Row row : session.execute(SETTINGS)) {
      String name = row.getString("name");
      String value = row.getString("value");
      if ((name.equals(setting) || name.equals(setting + ".class_name"))
          && value != null
          && !value.contains("AllowAll")) {
        return true;
      }
    }
    return false;
  }

  private boolean opens(String role, String password) {
    try (CqlSession session =
        new CassandraClient(
                client.contactPoints(), client.datacenter(), client.config(), role, password)
            .connect()) {
      return !session.isClosed();
    } catch (AllNodesFailedException e) {
      if (CassandraClient.isRefused(e)) {
        return false;
      }
      throw e;
    }
  }

  private static void compareRights(CqlSession session, String role, List<Difference> differences) {
    Set<String> granted = new HashSet<>();
    for (Row row : session.execute("LIST ALL PERMISSIONS OF " + role)) {
      if (RESOURCE.equals(row.getString("resource"))) {
        granted.add(row.getString("permission"));
      }
    }
    for (String right : RIGHTS.get(role)) {
      if (!granted.contains(right)) {
        differences.add(
            new Difference(
                "role " + role,
                "lacks %s on Cassandra's keyspace furniture".formatted(right),
                () -> {
                  session.execute("GRANT %s ON KEYSPACE furniture TO %s".formatted(right, role));
                  return "was granted %s on Cassandra's keyspace furniture".formatted(right);
                }));
      }
    }
  }

  /** CQL takes no parameter here; Cassandra hides the password in what it logs. */
  private static String set(
      CqlSession session, String verb, String role, String password, String did) {
    session.execute(
        "%s ROLE %s WITH LOGIN = true AND PASSWORD = '%s'"
            .formatted(verb, role, password.replace("'", "''")));
    return did;
  }
}
