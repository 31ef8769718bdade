package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that end. */
class PostgresConnectionTest {

  private static PGSimpleDataSource source(String url) {
    return (PGSimpleDataSource) PostgresConnection.forMigrations(url, "owner", "secret");
  }

  @Test
  void aMigrationHasALimitUnlessTheUrlSaysAnother() {
    PGSimpleDataSource source = source("jdbc:postgresql://db:5433/report");

    assertThat(source.getServerNames()).containsExactly("db");
    assertThat(source.getPortNumbers()).containsExactly(5433);
    assertThat(source.getDatabaseName()).isEqualTo("report");
    assertThat(source.getUser()).isEqualTo("owner");
    assertThat(source.getPassword()).isEqualTo("secret");
    assertThat(source.getConnectTimeout()).isEqualTo(5);
    assertThat(source.getSocketTimeout()).isEqualTo(1800);

    PGSimpleDataSource other =
        source("jdbc:postgresql://db/report?socketTimeout=7&sslmode=verify-full");
    assertThat(other.getSocketTimeout()).isEqualTo(7);
    assertThat(other.getSslMode()).isEqualTo("verify-full");
    assertThat(other.getUser()).isEqualTo("owner");
  }
}
