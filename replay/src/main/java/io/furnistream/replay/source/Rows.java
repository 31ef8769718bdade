package io.furnistream.replay.source;

import java.io.IOException;
import java.util.List;

/** The rows of a file, in its order. */
public interface Rows extends AutoCloseable {

  /** Names of the columns. */
  List<String> header();

  /**
   * The next row.
   *
   * @return null after the last
   * @throws MalformedRowException when this one is not as long as the header; the next may be asked
   *     for
   */
  Row next() throws IOException, MalformedRowException;

  @Override
  void close() throws IOException;
}
