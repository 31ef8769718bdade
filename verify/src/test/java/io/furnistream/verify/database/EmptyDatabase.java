package io.furnistream.verify.database;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;

/** Databases for tests. */
public final class EmptyDatabase {

  private EmptyDatabase() {}

  /** One that is gone when it is closed. */
  public static ProofDatabase open() {
    try {
      return ProofDatabase.temporary(Files.createTempDirectory("furnistream-test-"));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
