package io.furnistream.stack.services;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Logging of Kafka's own processes: plain lines with UTC times on standard output. */
final class Logging {

  /** System property that names the configuration file. */
  static final String PROPERTY = "log4j2.configurationFile";

  private static final String RESOURCE = "service-log4j2.properties";

  private Logging() {}

  /**
   * Writes the logging configuration into a service's folder.
   *
   * @return its name for a process that runs in that folder: of a whole path, Log4j would make
   *     several at a comma
   */
  static String write(Path folder) throws IOException {
    Path file = folder.resolve("log4j2.properties");
    try (InputStream resource = Logging.class.getResourceAsStream(RESOURCE)) {
      StateFolder.writeAtomically(
          file, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    }
    return file.getFileName().toString();
  }
}
