package io.furnistream.datagen.live;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.RunLedger;
import io.furnistream.stores.kafka.DatasetLedger;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The other runs of the same dataset, by their entries in the ledger. Of two that go on at once,
 * the younger one states what both have sent, as it begins with what the elder has stated; the
 * elder ends. Not thread-safe.
 */
final class OtherRuns {

  private final DatasetLedger ledger;
  private Set<String> known = new HashSet<>();

  /**
   * None known yet.
   *
   * @param ledger passes over the entries of this run
   */
  OtherRuns(DatasetLedger ledger) {
    this.ledger = ledger;
  }

  /** A younger run goes on. */
  static final class YoungerRunException extends CannotRunException {
    private static final long serialVersionUID = 1L;

    YoungerRunException(String message) {
      super(message);
    }
  }

  /** What those that have begun until now have stated of each day. */
  NavigableMap<LocalDate, RunLedger> stated() {
    ledger.read();
    known = ledger.runs();
    return new TreeMap<>(ledger.days());
  }

  /**
   * Makes sure that no other run has begun since.
   *
   * @throws YoungerRunException when one has
   */
  void requireNoYounger() {
    try {
      ledger.read();
    } catch (CannotRunException e) {
      // A broker that is away for a moment ends no run: the next minute looks again.
      return;
    }
    for (String run : ledger.runs()) {
      if (!known.contains(run)) {
        throw new YoungerRunException(
            "Another run of this dataset has begun, run %s: it goes on, and states what this one has sent. Let one at a time run, or give each a --seed of its own."
                .formatted(run));
      }
    }
  }
}
