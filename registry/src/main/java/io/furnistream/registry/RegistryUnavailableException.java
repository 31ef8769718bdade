package io.furnistream.registry;

import org.apache.kafka.common.KafkaException;

/**
 * The registry did not answer, or answered with a fault of its own. It says nothing about the
 * record that was being read or written, which must be tried again.
 */
public final class RegistryUnavailableException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /** Says what was asked, and how it failed. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
