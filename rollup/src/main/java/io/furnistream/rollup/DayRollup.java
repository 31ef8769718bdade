package io.furnistream.rollup;

import io.furnistream.cli.CannotRunException;
import io.furnistream.rollup.files.ExportFolder;
import io.furnistream.rollup.files.FileSchema;
import io.furnistream.rollup.files.FileWriter;
import io.furnistream.rollup.records.ClusteringOrder;
import io.furnistream.rollup.records.DayRecords;
import io.furnistream.rollup.records.RawRecord;
import io.furnistream.rollup.totals.DayBatch;
import io.furnistream.rollup.totals.DayTotals;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Closes days: reads their raw records once, and updates their files. */
final class DayRollup {

  private final DayRecords records;
  private final ExportFolder export;
  private final Runnable drafted;

  DayRollup(DayRecords records, ExportFolder export) {
    this(records, export, () -> {});
  }

  /**
   * A rollup that reports its progress.
   *
   * @param drafted run each time that one of a day's files is drafted
   */
  DayRollup(DayRecords records, ExportFolder export, Runnable drafted) {
    this.records = records;
    this.export = export;
    this.drafted = drafted;
  }

  /**
   * Closes a day.
   *
   * @throws CannotRunException when a file in the way is not ours, or the records cannot be read;
   *     the files are as they were then
   */
  ClosedDay close(LocalDate day) throws IOException {
    Optional<DayManifest> before = export.manifest(day);
    Map<String, String> damaged = export.damaged(day, before);
    int revision = before.map(DayManifest::revision).orElse(0) + 1;
    try {
      DayManifest drafted = draft(day, revision);
      if (before.isEmpty()) {
        export.publish(drafted);
        return new ClosedDay(drafted, true);
      }
      if (damaged.isEmpty() && drafted.saysTheSameAs(before.get())) {
        return new ClosedDay(before.get(), false);
      }
      DayManifest moved = drafted.movedFrom(before.get(), damaged);
      export.publish(moved);
      return new ClosedDay(moved, true);
    } finally {
      export.clear();
    }
  }

  private DayManifest draft(LocalDate day, int revision) throws IOException {
    DayBatch batch = new DayBatch(day, export.spill());
    List<ManifestFile> files = new ArrayList<>();
    files.add(
        write(
            FileSchema.RECORDS,
            day,
            revision,
            writer -> {
              InOrder inOrder = new InOrder();
              records.read(
                  day,
                  rawRecord -> {
                    inOrder.check(rawRecord);
                    writer.write(rawRecord); // asks of each value whether its column holds it
                    batch.add(rawRecord);
                  });
            }));
    DayTotals totals = batch.totals();
    files.add(
        write(
            FileSchema.DAILY_PU_REV,
            day,
            revision,
            writer -> {
              if (totals.records() > 0) {
                writer.write(totals);
              }
            }));
    files.add(
        write(
            FileSchema.DAILY_CATEGORY_PRODUCT,
            day,
            revision,
            writer -> batch.products(writer::write)));
    files.add(
        write(FileSchema.DAILY_ADDRESS, day, revision, writer -> batch.places(writer::write)));
    return DayManifest.of(day, revision, totals.figures(), files);
  }

  private <R> ManifestFile write(
      FileSchema<R> schema, LocalDate day, int revision, Content<R> content) throws IOException {
    Path draft = export.drafts().resolve(schema.path(day));
    try (FileWriter<R> writer = new FileWriter<>(schema, day, revision, draft)) {
      content.writeTo(writer);
      ManifestFile file = writer.finish();
      drafted.run();
      return file;
    }
  }

  private interface Content<R> {
    void writeTo(FileWriter<R> writer) throws IOException;
  }

  // A source out of order, or with a record twice, would make files that differ for the same data.
  private static final class InOrder {
    private RawRecord last;

    void check(RawRecord next) {
      if (last != null
          && (next.bucket() < last.bucket()
              || (next.bucket() == last.bucket()
                  && ClusteringOrder.INSTANCE.compare(last.id(), next.id()) >= 0))) {
        throw new IllegalStateException(
            "Record %s of bucket %d came after record %s of bucket %d"
                .formatted(next.id(), next.bucket(), last.id(), last.bucket()));
      }
      last = next;
    }
  }
}
