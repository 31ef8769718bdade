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
   * Opens it. One that another verify works in is left to that; one that is none is replaced.
   *
   * @param messages receives that nothing is kept this time
   */
  ProofDatabase open(PrintWriter messages) {
    if (folder.isEmpty()) {
      return temporary();
    }
    try {
      Files.createDirectories(folder.get());
      return open(folder.get().resolve(NAME), messages);
    } catch (IOException e) {
      throw new CannotRunException(
          "The folder %s, in which verify keeps what it has read, cannot be used (%s). Make it writable for this user."
              .formatted(folder.get(), e),
          e);
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
        say(messages, "Another verify works in %s: this one reads all for itself", file);
        return temporary();
      }
      say(messages, "%s cannot be opened (" + e.getMessage() + "): all is read again", file);
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

  private static void say(PrintWriter messages, String message, Path file) {
    messages.println(message.formatted(file));
    messages.flush();
  }
}
