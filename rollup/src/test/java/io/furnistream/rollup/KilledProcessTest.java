package io.furnistream.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.rollup.files.Disk;
import io.furnistream.rollup.files.ExportFolder;
import io.furnistream.rollup.records.ListedRecords;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

  private static final Path MANIFEST = Path.of("2023-12-01.manifest.json");

  @TempDir private Path export;

  @Test
  void aProcessKilledInTheMiddleLeavesTheOldFilesAndTheNextOneClearsUp() throws Exception {
    run(1600, 0);
    DayManifest old = manifest();
    Path drafts = export.resolve(".furnistream-drafts");

    Process process = RollupProcess.builder(export, 4_000_000, 7).start();
    try {
      Awaitility.await("drafts of a part of the day")
          .atMost(5, TimeUnit.MINUTES)
          .until(() -> size(drafts.resolve("records/2023-12-01.parquet")) > 1 << 20);
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(manifest()).isEqualTo(old);
    assertThatFilesAreAsStated(old);
    assertThat(drafts).isNotEmptyDirectory();

    run(1600, 0);
    assertThat(manifest()).isEqualTo(old);
    assertThatFilesAreAsStated(old);
    assertThat(drafts).doesNotExist();
  }

  @Test
  void whatAKilledProcessHadDecidedIsCarriedOutByTheNext(@TempDir Path other) throws Exception {
    run(1600, 0);
    // As a kill between the moves leaves it: one file in its place, the others and the decision
    // not.
    try (ExportFolder folder = ExportFolder.open(other)) {
      new DayRollup(new SyntheticRecords(1600, 9), folder).close(ListedRecords.DAY);
    }
    DayManifest decided =
        DayManifest.parse(Files.readString(other.resolve(MANIFEST))).orElseThrow();
    Path drafts = export.resolve(".furnistream-drafts");
    for (ManifestFile file : decided.files()) {
      Path to =
          file.schema().equals("daily_records")
              ? export.resolve(file.path())
              : drafts.resolve(file.path());
      Disk.move(other.resolve(file.path()), to);
    }
    Disk.move(other.resolve(MANIFEST), drafts.resolve("decided.json"));

    ExportFolder.open(export).close();

    assertThat(manifest()).isEqualTo(decided);
    assertThatFilesAreAsStated(decided);
    assertThat(drafts).doesNotExist();
  }

  private void run(long count, long from) throws IOException {
    try (ExportFolder folder = ExportFolder.open(export)) {
      new DayRollup(new SyntheticRecords(count, from), folder).close(ListedRecords.DAY);
    }
  }

  private DayManifest manifest() throws IOException {
    return DayManifest.parse(Files.readString(export.resolve(MANIFEST))).orElseThrow();
  }

  private void assertThatFilesAreAsStated(DayManifest manifest) throws IOException {
    for (ManifestFile file : manifest.files()) {
      assertThat(Hashes.sha256(export.resolve(file.path()))).isEqualTo(file.sha256());
    }
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
