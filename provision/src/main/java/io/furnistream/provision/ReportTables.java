package io.furnistream.provision;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.ValidateOutput;

/** What is in the reporting database, made and kept by its owner. */
final class ReportTables {

  private static final String SCHEMA = "daily_report";

  /** Where the sink's tasks note which partition is whose. */
  private static final String SINK_SCHEMA = "sink";

  private static final String STORE = SCHEMA + ".store";
  private static final String OWNERS = "partition_owners";
  private static final List<String> FENCES = List.of("SELECT", "INSERT", "UPDATE");
  private static final List<String> WRITES = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final ReportAccess access;
  private final Path migrations;
  private final ZoneId zone;

  ReportTables(ReportAccess access, Path migrations, ZoneId zone) {
    this.access = access;
    this.migrations = migrations;
    this.zone = zone;
  }

  /** Compares; where migrations are not applied yet, or what they made is gone, no further. */
  List<Difference> compare() throws SQLException {
    List<Difference> differences = new ArrayList<>();
    compareMigrations(differences);
    if (!differences.isEmpty()) {
      return differences;
    }
    try (Connection connection = asOwner()) {
      compareTables(connection, differences);
      if (!differences.isEmpty()) {
        return differences;
      }
      compareRights(connection, differences);
      compareZone(connection, differences);
      return differences;
    }
  }

  private void compareMigrations(List<Difference> differences) {
    Flyway flyway = flyway(null);
    for (ValidateOutput invalid : flyway.validateWithResult().invalidMigrations) {
      differences.add(
          Difference.forAPerson(
              "migration V" + invalid.version,
              "is not the one that was applied (%s): use the files of the version that applied it, or restore the database"
                  .formatted(invalid.errorDetails.errorMessage.lines().findFirst().orElse(""))));
    }
    for (MigrationInfo pending : flyway.info().pending()) {
      String version = pending.getVersion().toString();
      differences.add(
          new Difference(
              "migration V%s (%s)".formatted(version, pending.getDescription()),
              "is not applied",
              () -> {
                flyway(version).migrate();
                return "was applied";
              }));
    }
  }

  private Flyway flyway(String target) {
    return Flyway.configure()
        .dataSource(
            PostgresConnection.forMigrations(
                access.url(), access.ownerName(), access.ownersPassword()))
        .locations("filesystem:" + migrations)
        .ignoreMigrationPatterns("*:pending", "*:future")
        .target(target == null ? "latest" : target)
        .load();
  }

  /** Tables and views that something was done to behind Flyway's back. */
  private void compareTables(Connection connection, List<Difference> differences)
      throws SQLException {
    List<String> tables = new ArrayList<>();
    Topic.in(StoreKind.POSTGRES).forEach(topic -> tables.add(topic.table().in(StoreKind.POSTGRES)));
    tables.add(STORE);
    tables.add(SINK_SCHEMA + "." + OWNERS);
    for (String table : tables) {
      if (!exists(connection, table)) {
        differences.add(
            Difference.forAPerson(
                "table " + table,
                "is missing, though the migration that makes it was applied: restore it from a backup, with its rights; or drop the database %s, provision again, and have its sink read all again (docs/production.md, Back up and restore)"
                    .formatted(PostgresConnection.database(access.url(), Endpoints.POSTGRES_URL))));
      }
    }
    for (String view : ReportViews.of(migrations)) {
      if (!exists(connection, view)) {
        differences.add(
            Difference.forAPerson(
                "view " + view,
                "is missing, though the migration that makes it was applied: as %s, run the CREATE VIEW of the last file in %s that has it"
                    .formatted(access.ownerName(), migrations)));
      }
    }
  }

  private static boolean exists(Connection connection, String relation) throws SQLException {
    return Query.isTrue(connection, "SELECT to_regclass(?) IS NOT NULL", relation);
  }

  private void compareRights(Connection connection, List<Difference> differences)
      throws SQLException {
    for (String role : List.of(Report.READER, Report.WRITER)) {
      if (!Query.isTrue(connection, "SELECT has_schema_privilege(?, ?, 'USAGE')", role, SCHEMA)) {
        differences.add(
            grant(
                role,
                "may not use the schema " + SCHEMA,
                "may use the schema " + SCHEMA,
                "SELECT format('GRANT USAGE ON SCHEMA %I TO %I', ?::text, ?::text)",
                SCHEMA,
                role));
      }
    }
    for (String name :
        Query.texts(
            connection,
            "SELECT relname FROM pg_class WHERE relnamespace = ?::regnamespace"
                + " AND relkind IN ('r', 'v', 'm', 'p')"
                + " AND NOT has_table_privilege(?, oid, 'SELECT') ORDER BY relname",
            SCHEMA,
            Report.READER)) {
      differences.add(onTable(Report.READER, SCHEMA, name, "SELECT"));
    }
    for (Topic topic : Topic.in(StoreKind.POSTGRES)) {
      compareWrites(connection, SCHEMA, topic.topicName(), WRITES, differences);
    }
    compareWrites(connection, SINK_SCHEMA, OWNERS, FENCES, differences);
    compareFunctions(connection, differences);
    compareDefaults(connection, differences);
  }

  private void compareWrites(
      Connection connection,
      String schema,
      String table,
      List<String> rights,
      List<Difference> differences)
      throws SQLException {
    for (String right : rights) {
      if (Query.isTrue(
          connection,
          "SELECT NOT has_table_privilege(?, to_regclass(format('%I.%I', ?::text, ?::text)), ?)",
          Report.WRITER,
          schema,
          table,
          right)) {
        differences.add(onTable(Report.WRITER, schema, table, right));
      }
    }
  }

  /** Views ask them as who reads the view. */
  private void compareFunctions(Connection connection, List<Difference> differences)
      throws SQLException {
    for (String function :
        Query.texts(
            connection,
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = ?::regnamespace"
                + " AND prorettype <> 'trigger'::regtype"
                + " AND NOT has_function_privilege(?, oid, 'EXECUTE')",
            SCHEMA,
            Report.READER)) {
      differences.add(
          grant(
              Report.READER,
              "may not call " + function,
              "may call " + function,
              "SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', ?::regprocedure, ?::text)",
              function,
              Report.READER));
    }
  }

  /** What a later migration adds is read, too. */
  private void compareDefaults(Connection connection, List<Difference> differences)
      throws SQLException {
    if (!Query.isTrue(
        connection,
        "SELECT EXISTS (SELECT FROM pg_default_acl, aclexplode(defaclacl) AS granted"
            + " WHERE defaclnamespace = ?::regnamespace AND defaclobjtype = 'r'"
            + " AND pg_get_userbyid(granted.grantee) = ? AND granted.privilege_type = 'SELECT')",
        SCHEMA,
        Report.READER)) {
      differences.add(
          grant(
              Report.READER,
              "may not read tables that are added to " + SCHEMA,
              "may read tables that are added to " + SCHEMA,
              "SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO %I',"
                  + " ?::text, ?::text)",
              SCHEMA,
              Report.READER));
    }
  }

  private Difference onTable(String role, String schema, String table, String right) {
    String on = " on %s.%s".formatted(schema, table);
    return grant(
        role,
        "lacks " + right + on,
        "was granted " + right + on,
        "SELECT format('GRANT " + right + " ON %I.%I TO %I', ?::text, ?::text, ?::text)",
        schema,
        table,
        role);
  }

  private Difference grant(
      String role, String says, String did, String format, String... arguments) {
    return new Difference(
        "role " + role,
        says,
        () -> {
          try (Connection connection = asOwner()) {
            QuotedSql.execute(connection, format, arguments);
          }
          return did;
        });
  }

  /** As the owner, because a trigger of the migrations runs with it. */
  private void compareZone(Connection connection, List<Difference> differences)
      throws SQLException {
    String present = Query.text(connection, "SELECT zone FROM " + STORE);
    if (present != null && !present.equals(zone.getId())) {
      differences.add(
          new Difference(
              "the store's zone",
              "is %s in the report instead of %s".formatted(present, zone),
              this::setZone));
    }
  }

  private String setZone() throws SQLException {
    try (Connection connection = asOwner();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE " + STORE + " SET zone = ?")) {
      statement.setString(1, zone.getId());
      statement.executeUpdate();
    }
    return "was set to " + zone;
  }

  private Connection asOwner() throws SQLException {
    return PostgresConnection.open(access.url(), access.ownerName(), access.ownersPassword());
  }
}
