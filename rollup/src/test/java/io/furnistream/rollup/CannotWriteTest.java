package io.furnistream.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.rollup.files.ExportFiles;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a closed day when its next revision cannot be written. */
class CannotWriteTest {

  private static final Path DRAFTS = Path.of(".furnistream-drafts");

  @TempDir private Path export;

  private Map<Path, String> before;

  @BeforeEach
  void closeTheDay() throws Exception {
    assertThat(RollupProcess.run(List.of(), export, 1600, 0).status()).isZero();
    before = ExportFiles.hashes(export);
    assertThat(before).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("io.furnistream.rollup.FullDisk#offered")
  void aFullDiskEndsTheCloseAndLeavesTheOldFiles(FullDisk full, @TempDir Path empty)
      throws Exception {
    RollupProcess.Ended ended = full.close(export, empty, 400_000, 7);

    assertThat(ended.output())
        .contains("Cannot write the closed days to ")
        .contains(full.says())
        .contains("Make room there, or name a folder that can be written to with --export.")
        .doesNotContain("\tat ");
    assertThat(ended.status()).isEqualTo(2);
    assertThatNothingChanged();
    assertThatTheNextRunSucceeds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "records", "rollups/daily_address"})
  void aFolderThatMayOnlyBeReadEndsTheCloseAndLeavesTheOldFiles(String name) throws Exception {
    Path folder = export.resolve(name);
    RollupProcess.Ended ended;
    Permissions.set(folder, "r-xr-xr-x");
    try {
      ended = RollupProcess.run(Permissions.counting(export), export, 1600, 7);
    } finally {
      Permissions.set(folder, "rwxr-xr-x");
    }

    assertThat(ended.output())
        .contains("Cannot write the closed days to " + export)
        .contains("AccessDeniedException: " + folder)
        .contains("name a folder that can be written to with --export.")
        .doesNotContain("\tat ");
    assertThat(ended.status()).isEqualTo(2);
    assertThatNothingChanged();
    assertThatTheNextRunSucceeds();
  }

  @Test
  void aNewFolderWhereNoneMayBeMadeIsNamed() throws Exception {
    Path folder = export.resolve("year/2023");
    RollupProcess.Ended ended;
    Permissions.set(export, "r-xr-xr-x");
    try {
      ended = RollupProcess.run(Permissions.counting(export), folder, 1600, 7);
    } finally {
      Permissions.set(export, "rwxr-xr-x");
    }

    assertThat(ended.output()).contains("Cannot write the closed days to " + folder);
    assertThat(ended.status()).isEqualTo(2);
    assertThatNothingChanged();
  }

  private void assertThatNothingChanged() throws Exception {
    assertThat(ExportFiles.hashes(export)).isEqualTo(before);
    assertThat(export.resolve(DRAFTS)).doesNotExist();
  }

  private void assertThatTheNextRunSucceeds() throws Exception {
    RollupProcess.Ended next = RollupProcess.run(List.of(), export, 1600, 7);

    assertThat(next.output()).contains("2023-12-01  moved  revision 2  records 1600");
    assertThat(next.status()).isZero();
    DayManifest manifest =
        DayManifest.parse(Files.readString(export.resolve("2023-12-01.manifest.json")))
            .orElseThrow();
    for (ManifestFile file : manifest.files()) {
      assertThat(Hashes.sha256(export.resolve(file.path()))).isEqualTo(file.sha256());
    }
    assertThat(export.resolve(DRAFTS)).doesNotExist();
  }
}
