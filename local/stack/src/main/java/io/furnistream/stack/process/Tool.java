package io.furnistream.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
public final class Tool {

  private Tool() {}

  /** Runs a program in a folder as {@link #run(ProcessSpec, Duration)} does. */
  public static void run(List<String> command, Path directory, Duration limit)
      throws IOException, InterruptedException {
    run(new ProcessSpec(command, Map.of(), directory), limit);
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException when it cannot be started, fails, or takes longer than {@code limit}; the
   *     message holds what it printed
   */
  public static void run(ProcessSpec spec, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("furnistream-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(spec.command())
              .directory(spec.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      ChildEnvironment.ofService(builder.environment(), spec.environment());
      Process process = builder.start();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("%s did not end within %s".formatted(spec.command().get(0), limit));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with status %d: %s"
                .formatted(
                    spec.command(),
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8).strip()));
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
