package io.furnistream.datagen;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header line. Every error names the file, the line and the field. */
final class CsvTable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private final List<Row> rows;

  private CsvTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * Reads the whole file.
   *
   * @param file its name, for complaints
   * @param columns the header it must have
   * @throws CannotRunException when it is not CSV, has another header, a line with too few or too
   *     many fields, or no line at all
   * @throws IOException when it cannot be read
   */
  static CsvTable read(String file, Reader reader, List<String> columns) throws IOException {
    try (CSVParser parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      if (!parser.getHeaderNames().equals(columns)) {
        throw new CannotRunException(
            "%s, line 1: the header must be %s, not %s"
                .formatted(
                    file, String.join(",", columns), String.join(",", parser.getHeaderNames())));
      }
      List<Row> rows = new ArrayList<>();
      for (CSVRecord fields : parser) {
        Row row = new Row(file, parser.getCurrentLineNumber(), fields);
        if (fields.size() != columns.size()) {
          throw new CannotRunException(
              file
                  + ", line "
                  + row.line
                  + ": "
                  + fields.size()
                  + " fields, not "
                  + columns.size());
        }
        rows.add(row);
      }
      if (rows.isEmpty()) {
        throw new CannotRunException("%s: no line after the header".formatted(file));
      }
      return new CsvTable(rows);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CannotRunException("%s is not CSV: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The lines after the header. */
  List<Row> rows() {
    return rows;
  }

  /** One line of the file. */
  static final class Row {
    private final String file;
    private final long line;
    private final CSVRecord fields;

    private Row(String file, long line, CSVRecord fields) {
      this.file = file;
      this.line = line;
      this.fields = fields;
    }

    /** All fields, in the order of the columns. */
    List<String> cells() {
      return fields.toList();
    }

    /** Text that is not empty. */
    String text(String field) {
      String text = fields.get(field);
      if (text.isEmpty()) {
        throw wrong(field, "is empty");
      }
      return text;
    }

    /** A whole number within bounds, both included. */
    int integer(String field, int least, int most) {
      String text = text(field);
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw wrong(field, "is not a whole number: " + text);
      }
      throw wrong(field, "is not between " + least + " and " + most + ": " + text);
    }

    /**
     * A decimal number within bounds, both included, with no more digits behind the point than
     * {@code scale}; the result has exactly that scale.
     */
    BigDecimal decimal(String field, int scale, String least, String most) {
      String text = text(field);
      BigDecimal number;
      try {
        number = new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw wrong(field, "is not a number: " + text);
      }
      if (number.compareTo(new BigDecimal(least)) < 0
          || number.compareTo(new BigDecimal(most)) > 0) {
        throw wrong(field, "is not between " + least + " and " + most + ": " + text);
      }
      if (number.stripTrailingZeros().scale() > scale) {
        throw wrong(field, "has more than " + scale + " decimals: " + text);
      }
      return number.setScale(scale);
    }

    /** An error in one field of this line. */
    CannotRunException wrong(String field, String what) {
      return new CannotRunException(file + ", line " + line + ", " + field + ": " + what);
    }
  }
}
