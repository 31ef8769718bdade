package io.furnistream.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The header of a record that names its dataset: of a replay's lines, and of live sales. */
public final class DatasetHeader {

  private static final String NAME = "dataset";

  /** So many bytes of a header are read: the rules of the ledger bound what it can match. */
  private static final int LONGEST = 2_000;

  private final byte[] dataset;

  /** The header of a dataset's records. */
  public DatasetHeader(String dataset) {
    this.dataset = dataset.getBytes(StandardCharsets.UTF_8);
  }

  /** Which dataset a record's headers name. */
  public static Optional<String> datasetOf(Headers headers) {
    Header last = headers.lastHeader(NAME);
    return last == null || last.value() == null || last.value().length > LONGEST
        ? Optional.empty()
        : Optional.of(new String(last.value(), StandardCharsets.UTF_8));
  }

  /** The header. */
  public Header header() {
    return new RecordHeader(NAME, dataset);
  }

  /** Whether a record's headers name this dataset. */
  public boolean isIn(Headers headers) {
    Header last = headers.lastHeader(NAME);
    return last != null && Arrays.equals(last.value(), dataset);
  }
}
