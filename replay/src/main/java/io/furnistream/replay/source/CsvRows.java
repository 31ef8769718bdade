package io.furnistream.replay.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.furnistream.cli.WrongInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The rows of a text file whose cells a delimiter separates. */
final class CsvRows implements Rows {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What Excel takes as the delimiter, in a line before the header. */
  private static final Pattern EXCEL_DELIMITER = Pattern.compile("sep=.?");

  /** Of a row, in characters: a quote that is never closed ends there. */
  private static final int LARGEST_ROW = 1 << 20;

  private final SourceFile file;
  private final TextEncoding encoding;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;
  private long line = 1;

  private CsvRows(SourceFile file, TextEncoding encoding, CsvReader<CsvRecord> reader) {
    this.file = file;
    this.encoding = encoding;
    this.reader = reader;
    this.records = reader.iterator();
    CsvRecord first = nextRecord();
    while (first != null && isBeforeHeader(first)) {
      first = nextRecord();
    }
    if (first == null) {
      throw new WrongInputException("%s has no header.".formatted(file.path()));
    }
    this.header = first.getFields().stream().map(String::strip).toList();
  }

  static CsvRows open(SourceFile file, TextEncoding encoding, char delimiter) throws IOException {
    Reader text =
        new BufferedReader(
            new InputStreamReader(
                file.open(),
                encoding
                    .charset()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    try {
      skipByteOrderMark(text);
      return new CsvRows(
          file,
          encoding,
          CsvReader.builder()
              .fieldSeparator(delimiter)
              .maxBufferSize(LARGEST_ROW)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowExtraCharsAfterClosingQuote(true)
              .allowUnclosedQuote(false)
              .skipEmptyLines(false)
              .ofCsvRecord(text));
    } catch (CharacterCodingException e) {
      text.close();
      throw notOfThat(file, 1, encoding, e);
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  /** Before a quote, it would make the quote a part of the first name. */
  private static void skipByteOrderMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private static boolean isBeforeHeader(CsvRecord first) {
    List<String> cells = first.getFields();
    return cells.stream().allMatch(String::isBlank)
        || (EXCEL_DELIMITER.matcher(cells.get(0)).matches()
            && cells.stream().skip(1).allMatch(String::isBlank));
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public Row next() throws MalformedRowException {
    CsvRecord csv = nextRecord();
    if (csv == null) {
      return null;
    }
    line = csv.getStartingLineNumber();
    Row row = new Row(line, csv.getFields().toArray(String[]::new));
    if (row.isBlank()) {
      return new Row(line, blank());
    }
    if (row.cells().length > header.size() && isBlankAfter(row.cells(), header.size())) {
      return new Row(line, Arrays.copyOf(row.cells(), header.size()));
    }
    if (row.cells().length != header.size()) {
      throw new MalformedRowException(
          row,
          "it has %d cells, and the header has %d".formatted(row.cells().length, header.size()));
    }
    return row;
  }

  /** Some programs end each line with a delimiter, but not that of the header. */
  private static boolean isBlankAfter(String[] cells, int length) {
    return Arrays.stream(cells, length, cells.length).allMatch(String::isBlank);
  }

  /** A line without a delimiter is blank as one with nothing but delimiters is. */
  private String[] blank() {
    String[] cells = new String[header.size()];
    Arrays.fill(cells, "");
    return cells;
  }

  private CsvRecord nextRecord() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notOfThat(file, line, encoding, e);
      }
      throw SourceFile.unreadable(file.path(), e.getCause());
    } catch (CsvParseException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new WrongInputException(
          "%s, after line %d: what follows is no row: %s. Is a quote opened that is not closed?"
              .formatted(file.path(), line, cause.getMessage()),
          e);
    }
  }

  private static WrongInputException notOfThat(
      SourceFile file, long line, TextEncoding encoding, Exception cause) {
    return new WrongInputException(
        "%s, after line %d: what follows is not %s. Write the file's encoding into the mapping, such as encoding: windows-1252."
            .formatted(file.path(), line, encoding.charset()),
        cause);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
