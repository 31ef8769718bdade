package io.furnistream.transforms.tables;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.connect.errors.DataException;

/**
 * CSV as RFC 4180 has it, in UTF-8, the names of its columns in the first line. An empty cell is
 * null.
 */
final class CsvTable implements TableReader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CSVFormat format;

  CsvTable(char delimiter) {
    format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();
  }

  @Override
  public void read(Path file, ReferenceTable table, Rows rows) throws IOException {
    try {
      readUtf8(file, table, rows);
    } catch (CharacterCodingException e) {
      throw new DataException(NotUtf8.where(file));
    }
  }

  private void readUtf8(Path file, ReferenceTable table, Rows rows) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      try (CSVParser parser = format.parse(reader)) {
        List<String> names = parser.getHeaderNames();
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0)) {
          throw new DataException(NotUtf8.nul(1));
        }
        table.requireColumns(names);
        for (CSVRecord line : parser) {
          if (!line.isConsistent()) {
            throw new DataException(
                "line %d has %d cells, and the first line %d"
                    .formatted(parser.getCurrentLineNumber(), line.size(), names.size()));
          }
          // The parser reads one record at a time: it is at the end of this one.
          rows.add(parser.getCurrentLineNumber(), row(names, line));
        }
      }
    } catch (UncheckedIOException e) {
      // Thrown while rows are read, for a quote that is never closed or bytes that are not UTF-8.
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      // Thrown for a first line with a name twice.
      throw new DataException(e.getMessage(), e);
    }
  }

  @Override
  public String unit() {
    return "line";
  }

  private static Map<String, String> row(List<String> names, CSVRecord line) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!line.get(i).isEmpty()) {
        row.put(names.get(i), line.get(i));
      }
    }
    return row;
  }
}
