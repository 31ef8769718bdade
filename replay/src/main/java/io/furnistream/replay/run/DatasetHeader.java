package io.furnistream.replay.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The header by which a replay knows its own records again: it names their dataset. */
final class DatasetHeader {

  private static final String NAME = "dataset";

  private final byte[] dataset;

  DatasetHeader(String dataset) {
    this.dataset = dataset.getBytes(StandardCharsets.UTF_8);
  }

  Header header() {
    return new RecordHeader(NAME, dataset);
  }

  boolean isIn(Headers headers) {
    Header last = headers.lastHeader(NAME);
    return last != null && Arrays.equals(last.value(), dataset);
  }
}
