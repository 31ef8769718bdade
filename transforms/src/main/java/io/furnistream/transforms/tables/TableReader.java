package io.furnistream.transforms.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Reads the rows of a file. */
public interface TableReader {

  /**
   * Reads CSV in UTF-8, with the names of the columns in the first line.
   *
   * @param delimiter what separates two cells
   */
  static TableReader csv(char delimiter) {
    return new CsvTable(delimiter);
  }

  /** Reads Parquet. */
  static TableReader parquet() {
    return new ParquetTable();
  }

  /**
   * Reads a file from its beginning to its end, or until the rows throw.
   *
   * @throws IOException when it cannot be read
   */
  void read(Path file, ReferenceTable table, Rows rows) throws IOException;

  /** What the number of a row counts in such a file. */
  String unit();

  /** Takes the rows. */
  interface Rows {

    /**
     * Takes a row.
     *
     * @param number of the row, from 1; of its last line in a file that has lines
     * @param row text by column; null where the cell is empty
     */
    void add(long number, Map<String, String> row);
  }
}
