package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where a script of CQL is split. */
class CqlScriptTest {

  @Test
  void aCqlScriptIsSplitAtTheEndsOfStatements() {
    assertThat(
            CqlScript.statements(
                """
                -- a comment; with a semicolon
                CREATE KEYSPACE IF NOT EXISTS k
                  WITH replication = {'class': 'SimpleStrategy'};

                CREATE TABLE t (a text PRIMARY KEY) WITH comment = 'one; two';
                """))
        .containsExactly(
            "CREATE KEYSPACE IF NOT EXISTS k\n  WITH replication = {'class': 'SimpleStrategy'}",
            "CREATE TABLE t (a text PRIMARY KEY) WITH comment = 'one; two'");
  }
}
