package io.furnistream.verify.records;

import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.ProofDatabase;
import java.util.Optional;

/**
 * The temporary table {@code name_token}: the tokens of customers' names, as far as they were asked
 * for. Empty where the tokens' key is not known. Not thread-safe.
 */
public final class TokenTable {

  private final ProofDatabase database;
  private final Optional<NameTokens> tokens;

  /**
   * A table of no names yet.
   *
   * @param tokens empty when their key is not known
   */
  public TokenTable(ProofDatabase database, Optional<NameTokens> tokens) {
    this.database = database;
    this.tokens = tokens;
    database.execute(
        "CREATE OR REPLACE TEMP TABLE name_token (customer_name VARCHAR, token VARCHAR)");
  }

  /** Whether tokens can be compared. */
  boolean isKnown() {
    return tokens.isPresent();
  }

  /** Adds the names of a relation that has a column {@code customer_name}. */
  void add(String relation) {
    if (tokens.isEmpty()) {
      return;
    }
    try (Appender rows = database.appendTemporary("name_token")) {
      database.forEachRow(
          "SELECT DISTINCT customer_name FROM %s ANTI JOIN name_token USING (customer_name) WHERE customer_name IS NOT NULL"
              .formatted(relation),
          row -> rows.row(row.text("customer_name"), tokens.get().of(row.text("customer_name"))));
    }
  }
}
