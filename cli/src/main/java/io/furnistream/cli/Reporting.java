package io.furnistream.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A command that can say in JSON what it came to, beside what it prints. */
public interface Reporting {

  /**
   * What the command came to, the same document that {@code --json} prints.
   *
   * @return null when it did not come to an end
   */
  JsonNode report();
}
