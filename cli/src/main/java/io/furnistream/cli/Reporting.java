package io.furnistream.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A command that can report its result as JSON, in addition to what it prints. */
public interface Reporting {

  /**
   * What the command came to, the same document that {@code --json} prints.
   *
   * @return null when it did not finish
   */
  JsonNode report();
}
