package io.furnistream.stack.services;

import io.furnistream.stack.process.Tool;
import io.furnistream.stack.state.Secrets;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Superset's metadata: a database and a role of its own in the stack's PostgreSQL. */
final class SupersetDatabase {

  private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(3);

  private final PostgresDatabases databases;
  private final SupersetSettings settings;
  private final Secrets secrets;

  SupersetDatabase(PostgresDatabases databases, SupersetSettings settings, Secrets secrets) {
    this.databases = databases;
    this.settings = settings;
    this.secrets = secrets;
  }

  /**
   * Makes the database, its tables, the admin, the connections and the dashboards. Asking Superset
   * costs many seconds, so the database itself records for what that was done.
   *
   * @param storeZone IANA name of the store's zone
   * @param mark has the preparation found when this process is killed
   */
  void prepare(String storeZone, Map<String, String> mark)
      throws SQLException, IOException, InterruptedException {
    databases.ensureDatabase(
        SupersetSettings.DATABASE,
        SupersetSettings.DATABASE_USER,
        secrets.get(SupersetSettings.DATABASE_PASSWORD));
    String wanted = "prepared for " + settings.fingerprint();
    if (databases.note(SupersetSettings.DATABASE).equals(wanted)) {
      return;
    }
    Tool.run(settings.preparation(storeZone).with(mark), PREPARATION_LIMIT);
    databases.note(SupersetSettings.DATABASE, wanted);
  }
}
