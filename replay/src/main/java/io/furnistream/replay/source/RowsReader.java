package io.furnistream.replay.source;

import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.mapping.ColumnNames;
import io.furnistream.replay.mapping.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens the rows of files, whatever their form. */
public final class RowsReader {

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private final String mapping;
  private final Optional<String> encoding;
  private final Optional<Character> delimiter;
  private final Set<String> columns;

  /** Opens what a mapping is for. */
  public RowsReader(Mapping mapping) {
    this.mapping = mapping.file();
    this.encoding = mapping.encoding();
    this.delimiter = mapping.delimiter();
    this.columns =
        mapping.columns().stream().map(ColumnNames::normalised).collect(Collectors.toSet());
  }

  /** Opens what no mapping is for yet. */
  public RowsReader() {
    this.mapping = "";
    this.encoding = Optional.empty();
    this.delimiter = Optional.empty();
    this.columns = Set.of();
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
   * @throws WrongInputException when it cannot be read
   */
  public Opened open(SourceFile file) {
    try {
      byte[] first = first(file);
      ForeignForm.refuse(file.path(), first);
      if (Arrays.equals(
          first, 0, Math.min(first.length, PARQUET.length), PARQUET, 0, PARQUET.length)) {
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
    if (encoding.isEmpty()) {
      return TextEncoding.detect(file);
    }
    String name = encoding.get();
    try {
      return new TextEncoding(Charset.forName(name), false);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new WrongInputException(
          "%s: '%s' is not an encoding. Write one such as UTF-8 or windows-1252."
              .formatted(mapping, name),
          e);
    }
  }

  /**
   * The one under which the header has most of the columns that the mapping names, or most columns
   * where there is no mapping.
   */
  private char delimiter(SourceFile file, TextEncoding encoding) throws IOException {
    if (delimiter.isPresent()) {
      return delimiter.get();
    }
    char best = DELIMITERS.get(0);
    long most = -1;
    for (char candidate : DELIMITERS) {
      try (Rows rows = CsvRows.open(file, encoding, candidate)) {
        List<String> header = rows.header();
        long found =
            columns.isEmpty()
                ? header.size()
                : header.stream().map(ColumnNames::normalised).filter(columns::contains).count();
        if (found > most) {
          most = found;
          best = candidate;
        }
      }
    }
    return best;
  }

  private static byte[] first(SourceFile file) throws IOException {
    try (InputStream in = file.open()) {
      return in.readNBytes(ForeignForm.LONGEST);
    }
  }
}
