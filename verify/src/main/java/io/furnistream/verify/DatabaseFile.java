package io.furnistream.verify;

import io.furnistream.cli.CannotRunException;
import io.furnistream.verify.database.ProofDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where verify keeps what it has read of Kafka, so that it reads on from there the next time. It
 * may be deleted at any time.
 *
 * @param folder the folder that it is in; empty to keep nothing
 * @param fromScratch whether to forget what was kept
 */
record DatabaseFile(Optional<Path> folder, boolean fromScratch) {

  private static final String NAME = "verify.duckdb";

  /**
   * Opens it. One that another verify works in, or that is another user's, is left to that; one
   * that is none is replaced.
   *
   * @param messages receives that nothing is kept this time
   */
  ProofDatabase open(PrintWriter messages) {
    if (folder.isEmpty()) {
      return temporary();
    }
    Path file = folder.get().resolve(NAME);
    try {
      Files.createDirectories(folder.get());
      return open(file, messages);
    } catch (IOException e) {
      say(messages, "Nothing that is read is kept: %s cannot be used (%s)".formatted(file, e));
      return temporary();
    }
  }

  private ProofDatabase open(Path file, PrintWriter messages) throws IOException {
    Path spill = file.resolveSibling("spill");
    try {
      ProofDatabase database = ProofDatabase.in(file, spill);
      if (!fromScratch) {
        return database;
      }
      database.close();
    } catch (SQLException e) {
      if (isInUse(e)) {
        say(messages, "Another verify works in " + file + ": this one reads all for itself");
        return temporary();
      }
      if (Files.exists(file) && !Files.isWritable(file)) {
        throw new IOException("it is another user's", e);
      }
      say(messages, "%s cannot be opened (%s): all is read again".formatted(file, e.getMessage()));
    }
    Files.deleteIfExists(file);
    Files.deleteIfExists(file.resolveSibling(NAME + ".wal"));
    try {
      return ProofDatabase.in(file, spill);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** A database that is gone when it is closed. */
  private static ProofDatabase temporary() {
    try {
      return ProofDatabase.temporary(Files.createTempDirectory("furnistream-verify-"));
    } catch (IOException | SQLException e) {
      throw new CannotRunException(
          "No database to work in can be made in %s (%s). Set TMPDIR to a folder with room."
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private static boolean isInUse(SQLException e) {
    return String.valueOf(e.getMessage()).contains("lock");
  }

  private static void say(PrintWriter messages, String message) {
    messages.println(message);
    messages.flush();
  }
}
