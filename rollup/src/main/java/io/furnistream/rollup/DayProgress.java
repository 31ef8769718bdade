package io.furnistream.rollup;

import io.furnistream.cli.Progress;
import io.furnistream.rollup.files.FileSchema;
import io.furnistream.rollup.records.ClusteringOrder;
import io.furnistream.rollup.records.DayRecords;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.time.LocalDate;

/**
 * Reports progress through days. How many records a day has is not known beforehand; but ids are
 * hashes, so an id's place among all ids says what part of its bucket has been read.
 */
final class DayProgress implements DayRecords {

  private static final int STEPS_OF_A_BUCKET = ClusteringOrder.POSITIONS;
  private static final int STEPS_OF_A_FILE = STEPS_OF_A_BUCKET;

  private final int stepsOfReading = PlatformSettings.current().buckets() * STEPS_OF_A_BUCKET;
  private final DayRecords records;
  private final Progress progress;

  DayProgress(DayRecords records, long days) {
    this.records = records;
    long stepsOfADay = stepsOfReading + (long) FileSchema.ALL.size() * STEPS_OF_A_FILE;
    this.progress = Progress.start("Closing days", "steps", days * stepsOfADay);
  }

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    Steps steps = new Steps();
    records.read(
        day,
        rawRecord -> {
          steps.upTo(
              rawRecord.bucket() * STEPS_OF_A_BUCKET
                  + ClusteringOrder.INSTANCE.position(rawRecord.id()));
          reader.take(rawRecord);
        });
    steps.upTo(stepsOfReading);
  }

  /** One of a day's files has been drafted. */
  void drafted() {
    progress.advance(STEPS_OF_A_FILE);
  }

  @Override
  public void close() {
    progress.close();
  }

  private final class Steps {
    private int taken;

    void upTo(int step) {
      if (step > taken) {
        progress.advance(step - taken);
        taken = step;
      }
    }
  }
}
