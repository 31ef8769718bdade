package io.furnistream.preview;

import java.util.List;

/**
 * Records to be shown.
 *
 * @param records in their order
 * @param more whether there were more than are shown
 */
record Samples(List<Sample> records, boolean more) {

  /** A preview is read by people. */
  static final int MOST = 100;
}
