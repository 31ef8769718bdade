package io.furnistream.datagen.faults;

import io.furnistream.schemas.Faults;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the faults of one day. Not thread-safe. */
final class Tally {

  private long late;
  private long duplicates;
  private long corrections;
  private long drift;
  private final SortedMap<String, Long> refused = new TreeMap<>();

  void late() {
    late++;
  }

  void duplicate() {
    duplicates++;
  }

  void correction() {
    corrections++;
  }

  void drift() {
    drift++;
  }

  void refused(String rule) {
    refused.merge(rule, 1L, Long::sum);
  }

  Faults faults() {
    return new Faults(late, duplicates, corrections, drift, refused);
  }
}
