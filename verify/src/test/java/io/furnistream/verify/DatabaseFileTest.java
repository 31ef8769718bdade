package io.furnistream.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.verify.database.ProofDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {

  private final StringWriter said = new StringWriter();

  @TempDir private Path folder;

  @Test
  void whatWasReadIsThereTheNextTimeAndFromScratchIsNot() {
    try (ProofDatabase database = open(false)) {
      database.execute("CREATE TABLE kept AS SELECT 7 AS count");
    }
    try (ProofDatabase database = open(false)) {
      assertThat(database.count("SELECT count FROM kept")).isEqualTo(7);
    }
    try (ProofDatabase database = open(true)) {
      assertThat(tables(database)).isZero();
    }
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNoDatabaseIsReplaced() throws Exception {
    Files.writeString(
        folder.resolve("verify.duckdb"), "no database of any kind, however long this text may be");
    try (ProofDatabase database = open(false)) {
      assertThat(tables(database)).isZero();
    }
    assertThat(said.toString()).contains("cannot be opened", "all is read again");
  }

  @Test
  void whatAKilledProcessSpilledIsDeleted() throws Exception {
    Path left =
        Files.createDirectories(folder.resolve("spill")).resolve("duckdb_temp_storage-0.tmp");
    Files.writeString(left, "left");
    open(false).close();
    assertThat(left).doesNotExist();
  }

  @Test
  void whereNoFolderCanBeNothingIsKeptAndItSaysSo() throws Exception {
    Files.writeString(folder.resolve("file"), "no folder");
    DatabaseFile below = new DatabaseFile(Optional.of(folder.resolve("file/folder")), false);
    try (ProofDatabase database = below.open(new PrintWriter(said))) {
      assertThat(tables(database)).isZero();
    }
    assertThat(said.toString()).contains("Nothing that is read is kept");
  }

  private ProofDatabase open(boolean fromScratch) {
    return new DatabaseFile(Optional.of(folder), fromScratch).open(new PrintWriter(said));
  }

  private static long tables(ProofDatabase database) {
    return database.count("SELECT count(*) AS count FROM duckdb_tables()");
  }
}
