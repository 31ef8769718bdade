package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL's reporting database: its roles, who may enter it, and what is in it. */
final class Report implements Part {

  static final String READER = "report_reader";
  static final String WRITER = "sink_writer";

  private static final String WRONG_PASSWORD = "28P01";
  private static final String NO_PRIVILEGE = "42501";
  private static final String NOT_FROM_HERE = "28000";

  private static final String LARGE_OBJECTS =
      "pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid),"
          + " pg_catalog.lo_from_bytea(oid, bytea)";

  private final ReportAccess access;
  private final String database;
  private final ReportTables tables;

  /**
   * The report.
   *
   * @param zone the one whose day is the report's today
   */
  Report(ReportAccess access, PlatformFiles files, ZoneId zone) {
    this.access = access;
    this.database = PostgresConnection.database(access.url(), Endpoints.POSTGRES_URL);
    PostgresConnection.database(access.adminUrl(), ProvisionTarget.POSTGRES_ADMIN_URL);
    this.tables = new ReportTables(access, files.sql(), zone);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String place() {
    return "PostgreSQL at " + access.adminUrl().split("\\?", 2)[0];
  }

  @Override
  public void answers() throws SQLException {
    try (Connection connection = administration();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      if (NO_PRIVILEGE.equals(e.getSQLState())) {
        throw new CannotRunException(
            "%s takes the password of %s, but does not let that role into the database: %s. Have the database's owner run GRANT CONNECT ON DATABASE … TO %s; or have %s name another database of that server, such as postgres."
                .formatted(
                    place(),
                    access.admin(),
                    Reason.of(e),
                    access.admin(),
                    ProvisionTarget.POSTGRES_ADMIN_URL),
            e);
      }
      if (PostgresConnection.isRefusal(e)) {
        throw new CannotRunException(
            "%s does not let %s in: %s. Set the administrator's URL, name and password right."
                .formatted(place(), access.admin(), e.getMessage()),
            e);
      }
      throw e;
    }
  }

  @Override
  public List<Difference> differences() throws SQLException {
    List<Difference> differences = new ArrayList<>();
    try (Connection connection = administration()) {
      Privileges privileges = Privileges.of(connection);
      for (Map.Entry<String, String> role : roles().entrySet()) {
        compareRole(connection, privileges, role.getKey(), role.getValue(), differences);
      }
      if (!exists(connection)) {
        differences.add(missing(privileges));
        return differences;
      }
      compareOwner(connection, differences);
      if (!differences.isEmpty()) {
        return differences;
      }
      compareDoors(connection, differences);
    }
    boolean ownerGetsIn = true;
    for (Map.Entry<String, String> role : roles().entrySet()) {
      boolean getsIn = comparePassword(role.getKey(), role.getValue(), differences);
      ownerGetsIn &= getsIn || !role.getKey().equals(access.ownerName());
    }
    // What follows is asked of the database itself, as its owner.
    if (ownerGetsIn) {
      compareInside(differences);
    }
    return differences;
  }

  /** The roles and their passwords, in the order in which they are made. */
  private Map<String, String> roles() {
    Map<String, String> roles = new LinkedHashMap<>();
    if (access.hasOwnerOfItsOwn()) {
      roles.put(access.owner(), access.ownerPassword());
    }
    roles.put(WRITER, access.writerPassword());
    roles.put(READER, access.readerPassword());
    return roles;
  }

  private void compareRole(
      Connection connection,
      Privileges privileges,
      String role,
      String password,
      List<Difference> differences)
      throws SQLException {
    String thing = "role " + role;
    if (Query.isTrue(connection, "SELECT true FROM pg_roles WHERE rolname = ?", role)) {
      if (!Query.isTrue(connection, "SELECT rolcanlogin FROM pg_roles WHERE rolname = ?", role)) {
        differences.add(
            new Difference(
                thing,
                "may not log in",
                () ->
                    administer(
                        "may log in now", "SELECT format('ALTER ROLE %I LOGIN', ?::text)", role)));
      }
    } else if (password.isBlank()) {
      differences.add(
          Difference.forAPerson(
              thing,
              "is missing, and no password is given that would open it: set %s"
                  .formatted(variable(role))));
    } else if (privileges.makesRoles()) {
      differences.add(
          new Difference(
              thing,
              "is missing",
              () ->
                  administer(
                      "was created",
                      "SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', ?::text, ?::text)",
                      role,
                      PostgresPassword.verifier(password))));
    } else {
      differences.add(
          Difference.forAPerson(
              thing,
              "is missing, and %s lacks CREATEROLE: have a role that has it run CREATE ROLE %s LOGIN with a password, or ALTER ROLE %s CREATEROLE"
                  .formatted(access.admin(), role, access.admin())));
    }
  }

  private static String variable(String role) {
    return role.equals(WRITER) ? ProvisionTarget.WRITER_PASSWORD : Endpoints.POSTGRES_PASSWORD;
  }

  private boolean exists(Connection connection) throws SQLException {
    return Query.isTrue(connection, "SELECT true FROM pg_database WHERE datname = ?", database);
  }

  private Difference missing(Privileges privileges) {
    String thing = "database " + database;
    if (!privileges.makesDatabases()) {
      return Difference.forAPerson(
          thing,
          "is missing, and %s lacks CREATEDB: have a role that has it run CREATE DATABASE %s OWNER %s, or ALTER ROLE %s CREATEDB"
              .formatted(access.admin(), database, access.ownerName(), access.admin()));
    }
    return new Difference(
        thing,
        "is missing",
        () ->
            administer(
                "was created, owned by " + access.ownerName(),
                "SELECT format('CREATE DATABASE %I OWNER %I', ?::text, ?::text)",
                database,
                access.ownerName()));
  }

  private void compareOwner(Connection connection, List<Difference> differences)
      throws SQLException {
    String owner =
        Query.text(
            connection,
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = ?",
            database);
    String thing = "database " + database;
    if (access.hasOwnerOfItsOwn()) {
      if (!owner.equals(access.owner())) {
        differences.add(
            new Difference(
                thing,
                "is owned by %s instead of %s".formatted(owner, access.owner()),
                this::giveToOwner));
      }
    } else if (!Query.isTrue(
        connection,
        "SELECT pg_has_role(current_user, datdba, 'USAGE') FROM pg_database WHERE datname = ?",
        database)) {
      differences.add(
          Difference.forAPerson(
              thing,
              "is owned by %s, and %s is no member of that role: provision as the owner, or have it run ALTER DATABASE %s OWNER TO %s"
                  .formatted(owner, access.admin(), database, access.admin())));
    }
  }

  /**
   * Migrations run as the owner, who therefore owns what they make. In a database from before that
   * role it belongs to the superuser.
   */
  private String giveToOwner() throws SQLException {
    try (Connection connection = inside(access.admin(), access.adminPassword())) {
      String owner = access.owner();
      QuotedSql.execute(
          connection,
          "SELECT format('ALTER DATABASE %I OWNER TO %I', datname, ?::text) FROM pg_database"
              + " WHERE datname = current_database() AND datdba <> ?::regrole",
          owner,
          owner);
      QuotedSql.execute(
          connection,
          "SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, ?::text) FROM pg_namespace"
              + " WHERE nspname = 'daily_report' AND nspowner <> ?::regrole",
          owner,
          owner);
      QuotedSql.execute(
          connection,
          "SELECT format('ALTER TABLE %I.%I OWNER TO %I', nspname, relname, ?::text) FROM pg_class"
              + " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
              + " WHERE nspname IN ('daily_report', 'public') AND relkind = 'r'"
              + " AND relowner <> ?::regrole",
          owner,
          owner);
    }
    return "was given to " + access.owner();
  }

  private void compareDoors(Connection connection, List<Difference> differences)
      throws SQLException {
    String thing = "database " + database;
    if (Query.isTrue(
        connection,
        "SELECT EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) AS granted"
            + " WHERE granted.grantee = 0) FROM pg_database WHERE datname = ?",
        database)) {
      differences.add(
          new Difference(
              thing,
              "is open to every role",
              () ->
                  administer(
                      "was closed to all but those that are named",
                      "SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', ?::text)",
                      database)));
    }
    for (String role : List.of(WRITER, READER)) {
      if (!Query.isTrue(
          connection, "SELECT has_database_privilege(?, ?, 'CONNECT')", role, database)) {
        differences.add(
            new Difference(
                "role " + role,
                "may not enter the database " + database,
                () ->
                    administer(
                        "may enter the database " + database,
                        "SELECT format('GRANT CONNECT ON DATABASE %I TO %I', ?::text, ?::text)",
                        database,
                        role)));
      }
    }
  }

  /**
   * Only PostgreSQL knows: the role logs in.
   *
   * @return whether it gets in
   */
  private boolean comparePassword(String role, String password, List<Difference> differences)
      throws SQLException {
    if (password.isBlank()) {
      return true;
    }
    try (Connection connection = inside(role, password)) {
      return connection.isValid(0);
    } catch (SQLException e) {
      // It knows the password before it asks whether the role may enter: that was compared.
      if (NO_PRIVILEGE.equals(e.getSQLState())) {
        return false;
      }
      // The role may come from other machines only: it cannot be known here.
      if (NOT_FROM_HERE.equals(e.getSQLState())) {
        return true;
      }
      if (!WRONG_PASSWORD.equals(e.getSQLState())) {
        throw e;
      }
      differences.add(
          new Difference(
              "role " + role,
              "has another password than the one that is given",
              () ->
                  administer(
                      "was given its password",
                      "SELECT format('ALTER ROLE %I PASSWORD %L', ?::text, ?::text)",
                      role,
                      PostgresPassword.verifier(password))));
      return false;
    }
  }

  private void compareInside(List<Difference> differences) throws SQLException {
    try (Connection connection = inside(access.admin(), access.adminPassword())) {
      // Functions of the system's own: only a superuser may close them.
      if (Privileges.of(connection).isSuperuser()
          && Query.isTrue(
              connection,
              "SELECT EXISTS (SELECT FROM pg_proc,"
                  + " aclexplode(coalesce(proacl, acldefault('f', proowner))) AS granted"
                  + " WHERE pronamespace = 'pg_catalog'::regnamespace"
                  + " AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')"
                  + " AND granted.grantee = 0)")) {
        differences.add(
            new Difference(
                "database " + database,
                "lets every role make large objects, and so fill the disk",
                this::closeLargeObjects));
      }
    }
    differences.addAll(tables.compare());
  }

  private String closeLargeObjects() throws SQLException {
    try (Connection connection = inside(access.admin(), access.adminPassword());
        Statement statement = connection.createStatement()) {
      statement.execute("REVOKE EXECUTE ON FUNCTION " + LARGE_OBJECTS + " FROM PUBLIC");
    }
    return "lets no role but a superuser make large objects";
  }

  /** Runs what a query of {@link QuotedSql} returns, as the administrator. */
  private String administer(String did, String format, String... arguments) throws SQLException {
    try (Connection connection = administration()) {
      QuotedSql.execute(connection, format, arguments);
      return did;
    } catch (SQLException e) {
      if (NO_PRIVILEGE.equals(e.getSQLState())) {
        throw new CannotRunException(
            "%s lacks a privilege in %s: %s. Give it to the role, or provision as another."
                .formatted(access.admin(), place(), Reason.of(e)),
            e);
      }
      throw e;
    }
  }

  private Connection administration() throws SQLException {
    return PostgresConnection.open(access.adminUrl(), access.admin(), access.adminPassword());
  }

  private Connection inside(String role, String password) throws SQLException {
    return PostgresConnection.open(access.url(), role, password);
  }

  /** What the administrator may do. */
  private record Privileges(boolean isSuperuser, boolean createRole, boolean createDatabase) {

    static Privileges of(Connection connection) throws SQLException {
      return new Privileges(
          has(connection, "rolsuper"),
          has(connection, "rolcreaterole"),
          has(connection, "rolcreatedb"));
    }

    private static boolean has(Connection connection, String attribute) throws SQLException {
      return Query.isTrue(
          connection, "SELECT %s FROM pg_roles WHERE rolname = current_user".formatted(attribute));
    }

    boolean makesRoles() {
      return isSuperuser || createRole;
    }

    boolean makesDatabases() {
      return isSuperuser || createDatabase;
    }
  }
}
