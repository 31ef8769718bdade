package io.furnistream.rollups.close;

import io.furnistream.cli.Progress;
import io.furnistream.schemas.RecordId;
import java.io.IOException;
import java.time.LocalDate;

/** Tells how many buckets of the days have been read. */
final class BucketProgress implements DayRecords {

  private final DayRecords records;
  private final Progress progress;

  BucketProgress(DayRecords records, long days) {
    this.records = records;
    this.progress = Progress.start("Closing days", "buckets", days * RecordId.BUCKETS);
  }

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    Told told = new Told();
    records.read(
        day,
        rawRecord -> {
          told.upTo(rawRecord.bucket());
          reader.take(rawRecord);
        });
    told.upTo(RecordId.BUCKETS);
  }

  @Override
  public void close() {
    progress.close();
  }

  private final class Told {
    private int buckets;

    void upTo(int bucket) {
      if (bucket > buckets) {
        progress.advance(bucket - buckets);
        buckets = bucket;
      }
    }
  }
}
