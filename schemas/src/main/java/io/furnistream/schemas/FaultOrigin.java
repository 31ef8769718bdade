package io.furnistream.schemas;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The run that wrote a record, faulty on purpose, and the day that it belongs to: headers of the
 * record. They name it where neither its key nor its value can be read. Any producer may write
 * them: whoever reads them must not believe more than a count of the ledger confirms.
 *
 * @param dataset the key of the run's entry in the ledger
 * @param day likewise: the store's own day
 * @param run the {@code run_id} of the ledger
 */
public record FaultOrigin(String dataset, LocalDate day, String run) {

  /** The header that names the kind of the fault. */
  public static final String KIND = "furnistream.fault";

  private static final String DATASET = "furnistream.dataset";
  private static final String DAY = "furnistream.day";
  private static final String RUN = "furnistream.run";

  /** So many bytes of a header are read: the rules of the ledger bound what it can match. */
  private static final int LONGEST = 2_000;

  /**
   * The headers of a record.
   *
   * @param kind of the fault, such as {@code late}
   */
  public List<Header> headers(String kind) {
    return List.of(
        header(KIND, kind),
        header(DATASET, dataset),
        header(DAY, day.toString()),
        header(RUN, run));
  }

  /** What a record's headers say; empty when they do not say all of it. */
  public static Optional<FaultOrigin> of(Headers headers) {
    String dataset = text(headers, DATASET);
    String day = text(headers, DAY);
    String run = text(headers, RUN);
    if (dataset == null || day == null || run == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FaultOrigin(dataset, LocalDate.parse(day), run));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Header header(String name, String text) {
    return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null || header.value().length > LONGEST
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
