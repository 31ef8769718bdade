package io.furnistream.replay.run;

import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.Mapping.Skipped;
import io.furnistream.replay.source.Row;
import java.util.List;

/** Which rows of a file are no data, as a mapping says. */
final class NoData {

  private final Mapping mapping;
  private final List<String> header;

  NoData(Mapping mapping, List<String> header) {
    this.mapping = mapping;
    this.header = header;
  }

  boolean is(Row row) {
    return (mapping.skipped().contains(Skipped.BLANK_ROWS) && row.isBlank())
        || (mapping.skipped().contains(Skipped.REPEATED_HEADERS) && row.repeats(header));
  }
}
