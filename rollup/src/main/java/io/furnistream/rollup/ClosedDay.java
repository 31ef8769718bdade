package io.furnistream.rollup;

import io.furnistream.stores.export.DayManifest;

/**
 * What happened to a day.
 *
 * @param manifest what its files hold now
 * @param changed whether they were written; if not, nothing was touched
 */
record ClosedDay(DayManifest manifest, boolean changed) {

  /** "closed" for the first revision, "moved" for a later one, "unchanged" for no new one. */
  String outcome() {
    if (!changed) {
      return "unchanged";
    }
    return manifest.revision() == 1 ? "closed" : "moved";
  }
}
