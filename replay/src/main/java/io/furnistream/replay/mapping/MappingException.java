package io.furnistream.replay.mapping;

/** A mapping that cannot be used; the message names the file, the line and what to do. */
public final class MappingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, where. */
  public MappingException(String message) {
    super(message);
  }
}
