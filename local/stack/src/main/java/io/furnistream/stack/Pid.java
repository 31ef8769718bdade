package io.furnistream.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process named for good: numbers are used again, a number with its start time is not.
 *
 * @param pid process id
 * @param started when it was started, UTC
 */
record Pid(long pid, Instant started) {

  /** Two readings of a start time may differ by the kernel's ticks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static Pid of(ProcessHandle process) {
    return new Pid(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process that a pid file names, if it still lives. */
  static Optional<ProcessHandle> living(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String[] parts = Files.readString(pidFile).strip().split(" ", 2);
    Pid named = new Pid(Long.parseLong(parts[0]), Instant.parse(parts[1]));
    return ProcessHandle.of(named.pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                Duration.between(named.started, of(process).started).abs().compareTo(TOLERANCE)
                    < 0);
  }

  /** As it stands in a pid file. */
  @Override
  public String toString() {
    return pid + " " + started;
  }
}
