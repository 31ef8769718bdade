package io.furnistream.preview;

import java.util.List;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * What one transform of the chain did.
 *
 * @param name of the transform in the connector
 * @param type its class
 * @param predicate in words; null when it has none
 * @param outcome what became of the record
 * @param error why it failed; null when it did not
 * @param retriable whether the failure is none of the record's, and a worker may try it again
 * @param changes what differs, in the record's order
 * @param notes what the transform says besides
 */
record Step(
    String name,
    String type,
    String predicate,
    Outcome outcome,
    String error,
    boolean retriable,
    List<Change> changes,
    List<String> notes) {

  /** A transform, or a converter before the first one, that refused the record. */
  static Step failed(
      String name, String type, String predicate, RuntimeException error, List<String> notes) {
    return new Step(
        name,
        type,
        predicate,
        Outcome.FAILED,
        error.getClass().getSimpleName() + ": " + error.getMessage(),
        error instanceof RetriableException,
        List.of(),
        notes);
  }

  /** What happened to a record in one step. */
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
