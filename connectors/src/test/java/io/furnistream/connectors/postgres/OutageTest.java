package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08003", "08006", "57P01", "57P02", "57P03", "57014", "53100", "53300", "58030",
        "40001", "40P01", "25006", "25P03", "55P03"
      })
  void whatPassesByItselfIsWaitedFor(String state) {
    assertThat(Outage.isIn(failure(new SQLException("the server's words", state)))).isTrue();
    BatchUpdateException batch = new BatchUpdateException("quoted", "22003", new int[0]);
    batch.setNextException(new SQLException("the server's words", state));
    assertThat(Outage.isIn(failure(batch))).isTrue();
  }

  /** A row; a table, a column, a permission, a password, a database; the server's own faults. */
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "22003", "23505", "42P01", "42703", "42501", "28P01", "3D000", "XX000", "54001", ""
      })
  void whatDoesNotPassIsNotWaitedFor(String state) {
    assertThat(Outage.isIn(failure(new SQLException("the server's words", state)))).isFalse();
  }

  @Test
  void whatHasNotComeFromTheDatabaseIsNotWaitedFor() {
    assertThat(Outage.isIn(new ConnectException("no key"))).isFalse();
  }

  /** As Hibernate and Debezium wrap it. */
  private static RuntimeException failure(SQLException answer) {
    return new ConnectException("Failed", new GenericJDBCException("could not execute", answer));
  }
}
