package io.furnistream.stack.services;

import io.furnistream.stack.process.Tool;
import io.furnistream.stack.state.Secrets;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Airflow's metadata: a database and a role of its own in the stack's PostgreSQL. */
final class AirflowDatabase {

  private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(3);

  private final PostgresDatabases databases;
  private final AirflowSettings settings;
  private final Secrets secrets;

  AirflowDatabase(PostgresDatabases databases, AirflowSettings settings, Secrets secrets) {
    this.databases = databases;
    this.settings = settings;
    this.secrets = secrets;
  }

  /**
   * Makes the database and brings its tables to the installed version. Asking Airflow costs
   * seconds, so the database itself records for which installation that was done.
   *
   * @param installation changes with what is installed
   * @param mark has the migration found when this process is killed
   */
  void migrate(String installation, Map<String, String> mark)
      throws SQLException, IOException, InterruptedException {
    databases.ensureDatabase(
        AirflowSettings.DATABASE,
        AirflowSettings.DATABASE_USER,
        secrets.get(AirflowSettings.DATABASE_PASSWORD));
    String wanted = "migrated for " + installation;
    if (databases.note(AirflowSettings.DATABASE).equals(wanted)) {
      return;
    }
    Tool.run(settings.command(List.of("db", "migrate")).with(mark), MIGRATION_LIMIT);
    databases.note(AirflowSettings.DATABASE, wanted);
  }
}
