package io.furnistream.verify.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProofDatabaseTest {

  private final ProofDatabase database = EmptyDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  /** A list of 160 MB cannot be spilled, and does not fit at first. */
  @Test
  void whatCannotBeSpilledGetsMoreMemory() {
    List<Long> lengths = new ArrayList<>();

    database.forEachRow(
        "SELECT len(list(range)) AS length FROM range(20_000_000)",
        row -> lengths.add(row.count("length")));

    assertThat(lengths).containsExactly(20_000_000L);
  }

  @Test
  void anErrorIsShownAsItIs() {
    assertThatThrownBy(
            () ->
                database.forEachRow("SELECT CAST('x' || range AS INTEGER) FROM range(9)", r -> {}))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("Could not convert string 'x");
  }
}
