package io.furnistream.provision;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a file of CQL statements: each ends with a semicolon at the end of a line, lines of {@code
 * --} are comments.
 */
final class CqlScript {

  private CqlScript() {}

  static List<String> statements(String script) {
    String code =
        script
            .lines()
            .filter(line -> !line.stripLeading().startsWith("--"))
            .collect(Collectors.joining("\n"));
    return Arrays.stream(code.split(";\\s*(?:\\n|$)"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
