package io.furnistream.stack.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Keeps the logs of the services bounded. */
public final class LogFiles {

  private static final long LARGEST = 32L << 20;

  private LogFiles() {}

  /**
   * Moves the text of a log that has grown past 32 MiB into {@code LOG.1}, replacing what was
   * there. The file itself stays, since its service has it open for appending; lines written
   * between the copy and the cut are lost.
   */
  public static void rotate(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) <= LARGEST) {
      return;
    }
    Files.copy(
        log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }
}
