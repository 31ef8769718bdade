package io.furnistream.transforms;

/** Whether the fields that a transform writes are new to the record. */
enum Writing {
  /** They must not exist yet. */
  ADDS,
  /** They exist, and take another value and type. */
  REPLACES
}
