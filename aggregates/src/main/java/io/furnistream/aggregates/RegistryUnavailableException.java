package io.furnistream.aggregates;

import org.apache.kafka.common.KafkaException;

/**
 * The registry did not answer, or answered with a fault of its own. It says nothing about the
 * record that was being read, which must be read again.
 */
final class RegistryUnavailableException extends KafkaException {

  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
