package io.furnistream.datagen.demand;

import io.furnistream.schemas.RecordId;

/** Makes seeds of names. */
public final class Seeds {

  private Seeds() {}

  /** The seed that belongs to a name, the same everywhere. */
  public static long of(String... parts) {
    return RecordId.of(parts).uuid().getMostSignificantBits();
  }
}
