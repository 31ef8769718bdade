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
      return ProofDatabase.inMemory();
    }
    Path file = folder.get().resolve(NAME);
    try {
      Files.createDirectories(folder.get());
      if (fromScratch) {
        delete(file);
      }
      return open(file, messages);
    } catch (IOException e) {
      throw new CannotRunException(
          "The folder %s, in which verify keeps what it has read, cannot be used (%s). Make it writable for this user."
              .formatted(folder.get(), e),
          e);
    }
  }

  private ProofDatabase open(Path file, PrintWriter messages) throws IOException {
    Path spill = folder.orElseThrow().resolve("spill");
    try {
      return ProofDatabase.in(file, spill);
    } catch (SQLException e) {
      if (isInUse(e)) {
        messages.println("Another verify works in " + file + ": this one reads all for itself");
        messages.flush();
        return ProofDatabase.inMemory();
      }
      messages.println(file + " cannot be opened (" + e.getMessage() + "): all is read again");
      messages.flush();
      delete(file);
    }
    try {
      return ProofDatabase.in(file, spill);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static boolean isInUse(SQLException e) {
    return String.valueOf(e.getMessage()).contains("lock");
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(file.resolveSibling(NAME + ".wal"));
  }
}
