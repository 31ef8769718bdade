package io.furnistream.producing;

import io.furnistream.cli.CannotRunException;

/**
 * Says that a record could not be written, and what to do.
 *
 * @param bootstrapServers where Kafka is
 */
record Refusal(String bootstrapServers) {

  CannotRunException of(Exception error) {
    Throwable root = error.getCause() == null ? error : error.getCause();
    return new CannotRunException(
        "Kafka at %s did not take a record: %s. The day is not complete. See `furnistream status`, then run the same command again: it replaces the day."
            .formatted(bootstrapServers, root.getMessage()),
        error);
  }
}
