package io.furnistream.replay.run;

import io.furnistream.cli.Progress;
import io.furnistream.producing.Publisher;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Writes lines of a dataset to Kafka, and takes lines back. */
final class LineWriter {

  private final Publisher publisher;
  private final DatasetHeader header;
  private final Pace pace;
  private final Progress progress;

  LineWriter(Publisher publisher, DatasetHeader header, Pace pace, Progress progress) {
    this.publisher = publisher;
    this.header = header;
    this.pace = pace;
    this.progress = progress;
  }

  void write(UUID id, DailyRecord sale) {
    pace.await(sale.getTs(), publisher::drain);
    send(id, sale.getTsDate(), sale.getTs(), sale);
    progress.advance(1);
  }

  void takeBack(UUID id, LocalDate day) {
    send(id, day, day.atStartOfDay(ZoneOffset.UTC).toInstant(), null);
  }

  /** Waits until Kafka has all of them. */
  void drain() {
    publisher.drain();
  }

  private void send(UUID uuid, LocalDate day, Instant time, DailyRecord sale) {
    RecordId id = new RecordId(uuid);
    publisher.send(
        Topic.DAILY_RECORDS,
        id.partition(Topic.DAILY_RECORDS.partitions()),
        time,
        new DailyRecordKey(day, id.bucket(), id.text()),
        sale,
        List.of(header.header()));
  }
}
