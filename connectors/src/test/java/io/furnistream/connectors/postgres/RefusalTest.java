package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.hibernate.HibernateException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"22003", "22008", "22021", "23502", "23505", "23514", "54000", "42804", "42883"})
  void theServersWordAboutARowIsTheReason(String state) {
    assertThat(Refusal.of(batch(state)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("SQLSTATE " + state)
        .hasMessageContaining("the server's words")
        .hasMessageNotContaining("quoted");
  }

  /** No table, column or permission; no server, space, session or transaction; a closed pool. */
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "42P01", "42703", "42501", "42P10", "42601", "08006", "08001", "57P01", "57014", "53100",
        "53300", "58030", "40001", "40P01", "25006", "25P02", "28P01", "XX000", "54001", "0A000", ""
      })
  void everythingElseIsNotARowsFault(String state) {
    assertThat(Refusal.of(batch(state))).isNull();
  }

  @Test
  void aRecordWithoutAStatementIsAtFault() {
    assertThat(Refusal.of(new ConnectException("Failed", new NullPointerException("valueSchema"))))
        .hasMessageContaining("NullPointerException: valueSchema");
    assertThat(Refusal.of(new ConnectException("Failed", new DataException("no such field"))))
        .hasMessage("no such field");
  }

  @Test
  void aBrokenSessionIsNotARowsFault() {
    assertThat(Refusal.of(new HibernateException("closed"))).isNull();
    assertThat(Refusal.of(new ConnectException("Failed", new EOFException()))).isNull();
    assertThat(Refusal.of(new ConnectException("Interrupted", new InterruptedException())))
        .isNull();
  }

  /** As the driver, Hibernate and Debezium wrap it. */
  private static RuntimeException batch(String state) {
    BatchUpdateException batch =
        new BatchUpdateException("INSERT quoted with its values", state, new int[0]);
    batch.setNextException(new SQLException("the server's words", state));
    return new ConnectException(
        "Failed to flush", new GenericJDBCException("could not execute", batch));
  }
}
