package io.furnistream.datagen;

import io.furnistream.schemas.RecordId;
import java.util.Random;

/** Makes random numbers that are the same everywhere. */
final class Seeds {

  private Seeds() {}

  /**
   * Random numbers that belong to a name. {@link Random} and not one of the newer generators: its
   * contract fixes the algorithm, so that every Java gives the same numbers for the same seed.
   *
   * @param parts what names them
   */
  static Random random(String... parts) {
    return new Random(RecordId.of(parts).uuid().getMostSignificantBits());
  }
}
