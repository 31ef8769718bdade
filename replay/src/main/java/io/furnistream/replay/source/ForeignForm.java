package io.furnistream.replay.source;

import io.furnistream.cli.WrongInputException;
import java.nio.file.Path;
import java.util.HexFormat;

/** Forms of files that are not read, by their first bytes, and what a person can do with each. */
enum ForeignForm {
  ZIP("504b0304", "an Excel workbook or another zip file. Save the sheet as CSV, or unpack it"),
  OLD_EXCEL("d0cf11e0a1b11ae1", "an old Excel workbook. Save the sheet as CSV"),
  GZIP_IN_GZIP("1f8b08", "packed by gzip twice. Unpack it once"),
  XZ("fd377a585a00", "packed by xz. Unpack it"),
  ZSTD("28b52ffd", "packed by zstd. Unpack it"),
  PDF("255044462d", "a PDF. Export its table as CSV");

  /** How many bytes tell. */
  static final int LONGEST = 8;

  /** In hexadecimal digits. */
  private final String start;

  private final String advice;

  ForeignForm(String start, String advice) {
    this.start = start;
    this.advice = advice;
  }

  /**
   * Makes sure that a file has none of these forms.
   *
   * @param first its first bytes, after gzip
   * @throws WrongInputException when it has
   */
  static void refuse(Path path, byte[] first) {
    String begin = HexFormat.of().formatHex(first);
    for (ForeignForm form : values()) {
      if (begin.startsWith(form.start)) {
        throw new WrongInputException("%s is %s.".formatted(path, form.advice));
      }
    }
  }
}
