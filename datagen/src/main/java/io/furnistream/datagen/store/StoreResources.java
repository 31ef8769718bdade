package io.furnistream.datagen.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Files that come with the generator. */
final class StoreResources {

  private StoreResources() {}

  /** The text of a file that is there. */
  static String text(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not in the jar"));
  }

  /** The text of a file, if it is there. */
  static Optional<String> find(String name) {
    try (InputStream bytes = StoreResources.class.getResourceAsStream("/store/" + name)) {
      return bytes == null
          ? Optional.empty()
          : Optional.of(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
