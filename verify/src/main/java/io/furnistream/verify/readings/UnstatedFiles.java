package io.furnistream.verify.readings;

import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parquet files among those of the closed days that no manifest states. Anyone who reads the whole
 * folder counts them in.
 */
final class UnstatedFiles {

  private final List<Difference> ofDays = new ArrayList<>();
  private final List<Problem> ofNoDay = new ArrayList<>();

  UnstatedFiles(Path folder, ExportListing listing, DayRange range) throws IOException {
    for (String file : listing.files()) {
      Optional<LocalDate> day = ExportListing.day(file);
      if (day.isEmpty()) {
        ofNoDay.add(
            Problem.error(
                null,
                "%s is among the closed days but belongs to none: anyone who reads the whole folder counts it in. Move it away."
                    .formatted(folder.resolve(file))));
      } else if (range.contains(day.get())) {
        Optional<DayManifest> manifest =
            listing.manifests().getOrDefault(day.get(), Optional.empty());
        if (manifest.flatMap(m -> m.file(file)).isEmpty()) {
          ofDays.add(
              Difference.of(
                  day.get(),
                  ParquetStore.NAME,
                  file,
                  "sha256",
                  null,
                  Hashes.sha256(folder.resolve(file))));
        }
      }
    }
  }

  /** Those named after a day. */
  List<Difference> ofDays() {
    return ofDays;
  }

  /** Those named after none. */
  List<Problem> ofNoDay() {
    return ofNoDay;
  }
}
