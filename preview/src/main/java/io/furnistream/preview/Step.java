package io.furnistream.preview;

import java.util.List;

/**
 * What one transform of the chain did.
 *
 * @param name of the transform in the connector
 * @param type its class
 * @param predicate in words; null when it has none
 * @param outcome what became of the record
 * @param error why it failed; null when it did not
 * @param changes what differs, in the record's order
 */
record Step(
    String name,
    String type,
    String predicate,
    Outcome outcome,
    String error,
    List<Change> changes) {

  /** What became of a record in one step. */
  enum Outcome {
    CHANGED,
    UNCHANGED,
    /** The predicate kept the record from the transform. */
    PASSED_BY,
    /** The transform took the record out of the stream. */
    DROPPED,
    /** The transform refused the record. */
    FAILED
  }
}
