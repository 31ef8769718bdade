package io.furnistream.transforms.fields;

/** Whether the fields that a transform writes are new to the record. */
public enum Writing {
  /** They must not exist yet. */
  ADDS,
  /** They exist, and take another value and type. */
  REPLACES
}
