package io.furnistream.replay.source;

import io.furnistream.cli.CannotRunException;
import io.furnistream.replay.mapping.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Opens the rows of files, whatever their form. */
public final class RowsReader {

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private final Mapping mapping;

  /** Opens what a mapping is for. */
  public RowsReader(Mapping mapping) {
    this.mapping = mapping;
  }

  /**
   * A file's rows, and how they were read.
   *
   * @param note what a person should know of it; empty when nothing was guessed
   */
  public record Opened(Rows rows, String note) {}

  /**
   * Opens a file.
   *
   * @throws CannotRunException when it cannot be read
   */
  public Opened open(SourceFile file) {
    try {
      if (isParquet(file)) {
        return new Opened(ParquetRows.open(file), "");
      }
      TextEncoding encoding = encoding(file);
      Rows rows = CsvRows.open(file, encoding, delimiter(file, encoding));
      String note =
          encoding.isGuess()
              ? "%s is read as %s. Where names look wrong, write `encoding` into the mapping."
                  .formatted(file.path(), encoding.charset())
              : "";
      return new Opened(rows, note);
    } catch (IOException e) {
      throw SourceFile.unreadable(file.path(), e);
    }
  }

  private TextEncoding encoding(SourceFile file) throws IOException {
    if (mapping.encoding().isEmpty()) {
      return TextEncoding.detect(file);
    }
    String name = mapping.encoding().get();
    try {
      return new TextEncoding(Charset.forName(name), false);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new CannotRunException(
          "%s: '%s' is not an encoding. Write one such as UTF-8 or windows-1252."
              .formatted(mapping.file(), name),
          e);
    }
  }

  /** The one under which the header has most of the columns that the mapping names. */
  private char delimiter(SourceFile file, TextEncoding encoding) throws IOException {
    if (mapping.delimiter().isPresent()) {
      return mapping.delimiter().get();
    }
    Set<String> columns = mapping.columns();
    char best = DELIMITERS.get(0);
    long most = -1;
    for (char delimiter : DELIMITERS) {
      try (Rows rows = CsvRows.open(file, encoding, delimiter)) {
        long found = rows.header().stream().filter(columns::contains).count();
        if (found > most) {
          most = found;
          best = delimiter;
        }
      }
    }
    return best;
  }

  private static boolean isParquet(SourceFile file) throws IOException {
    try (InputStream in = file.open()) {
      return Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
    }
  }
}
