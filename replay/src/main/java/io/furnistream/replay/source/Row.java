package io.furnistream.replay.source;

import java.util.Arrays;
import java.util.List;

/**
 * A row of data.
 *
 * @param line where it begins in the file, from 1; of Parquet its number
 * @param cells one for each column of the header
 */
@SuppressWarnings("ArrayRecordComponent") // as the parser gives them; nobody compares rows
public record Row(long line, String[] cells) {

  /** Whether no cell says anything. */
  public boolean isBlank() {
    return Arrays.stream(cells).allMatch(String::isBlank);
  }

  /** Whether its cells say what the header says. */
  public boolean repeats(List<String> header) {
    return Arrays.stream(cells).map(String::strip).toList().equals(header);
  }
}
