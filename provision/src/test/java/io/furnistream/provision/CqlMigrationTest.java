package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a migration can be compared with what is there. */
class CqlMigrationTest {

  @TempDir private Path folder;

  private List<CqlMigration> read(String script) throws IOException {
    return CqlMigration.read(Files.writeString(folder.resolve("V001__x.cql"), script));
  }

  @Test
  void tablesAndColumnsAreRead() throws IOException {
    List<CqlMigration> migrations =
        read(
            """
            -- The keyspace follows the settings.
            CREATE KEYSPACE IF NOT EXISTS furniture
              WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE TABLE IF NOT EXISTS furniture.stamps (
              topic text,
              current_id text STATIC,
              parts map<text, int>,
              base bigint,
              PRIMARY KEY ((topic), base)
            ) WITH CLUSTERING ORDER BY (base DESC);
            ALTER TABLE furniture.stamps ADD IF NOT EXISTS (
              highest bigint STATIC,
              cuts int
            );
            """);

    assertThat(migrations).extracting(CqlMigration::table).containsExactly("stamps", "stamps");
    assertThat(migrations).extracting(CqlMigration::creates).containsExactly(true, false);
    CqlMigration table = migrations.get(0);
    assertThat(table.columns().keySet()).containsExactly("topic", "current_id", "parts", "base");
    assertThat(table.type("parts")).isEqualTo("map<text, int>");
    assertThat(table.type("current_id")).isEqualTo("text");
    assertThat(table.statement()).endsWith("WITH CLUSTERING ORDER BY (base DESC)");
    assertThat(migrations.get(1).columns())
        .isEqualTo(Map.of("highest", "bigint STATIC", "cuts", "int"));
    assertThat(migrations.get(1).adding("highest"))
        .isEqualTo("ALTER TABLE furniture.stamps ADD IF NOT EXISTS highest bigint STATIC");
  }

  @Test
  void aStatementThatCannotBeComparedIsNamed() {
    assertThatThrownBy(() -> read("DROP TABLE furniture.stamps;\n"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("V001__x.cql")
        .hasMessageContaining("DROP TABLE furniture.stamps")
        .hasMessageContaining("Write CREATE TABLE IF NOT EXISTS");
    assertThatThrownBy(
            () -> read("CREATE TABLE IF NOT EXISTS furniture.x (\n  a text, b; int\n);\n"))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("not a column's name and type");
  }

  /** Those of the checkout, too. */
  @Test
  void everyMigrationCanBeCompared() {
    assertThat(new PlatformFiles(Path.of("../connectors")).cql())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(CqlMigration.read(file)).isNotEmpty());
  }
}
