package io.furnistream.datagen.sink;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.furnistream.schemas.DailyRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * Sales as CSV in UTF-8: a line of names, then a line a sale. Decimals are plain, with all digits
 * of their contract; instants are ISO 8601 in UTC; what has no value is an empty cell.
 */
final class CsvSales implements SaleWriter {

  /**
   * Many readers take the form of the first time for that of all: milliseconds are never left out.
   */
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final int FIELDS = DailyRecord.getClassSchema().getFields().size();

  private final CsvWriter csv;

  CsvSales(OutputStream out) throws IOException {
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    line(DailyRecord.getClassSchema().getFields().stream().map(Schema.Field::name).toList());
  }

  @Override
  public void write(DailyRecord sale) throws IOException {
    line(() -> IntStream.range(0, FIELDS).mapToObj(field -> text(sale.get(field))).iterator());
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }

  private void line(Iterable<String> cells) throws IOException {
    try {
      csv.writeRecord(cells);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Instant instant ? INSTANT.format(instant) : value.toString();
  }
}
