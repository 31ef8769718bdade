package io.furnistream.rollup;

import io.furnistream.cli.Commands;
import io.furnistream.rollup.records.ListedRecords;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code furnistream rollup} over a synthetic day, in a process of its own, on the class path that
 * the command has.
 */
final class RollupProcess {

  private static final String DAY = ListedRecords.DAY.toString();

  private RollupProcess() {}

  /** Arguments: the export folder, how many records, the number of the first. */
  public static void main(String[] args) {
    SyntheticRecords records =
        new SyntheticRecords(Long.parseLong(args[1]), Long.parseLong(args[2]));
    System.exit(
        Commands.commandLine(RollupCommand.reading(records, Path.of(args[0])))
            .execute("--from", DAY, "--to", DAY));
  }

  /** Such a process, with 128 MB of heap. */
  static ProcessBuilder builder(Path export, long count, long from) {
    return builder(List.of(), export, count, from);
  }

  /**
   * Such a process.
   *
   * @param within a command that runs the command that its last arguments make up
   */
  static ProcessBuilder builder(List<String> within, Path export, long count, long from) {
    // Hadoop is only there for the compiler.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("hadoop"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>(within);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            classPath,
            RollupProcess.class.getName(),
            export.toString(),
            Long.toString(count),
            Long.toString(from)));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /**
   * Runs such a process to its end, five minutes at the most; says how it ended and what it said.
   */
  static Ended run(List<String> within, Path export, long count, long from)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("rollup-process", ".log");
    try {
      Process process = builder(within, export, count, from).redirectOutput(log.toFile()).start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("The rollup does not end: " + Files.readString(log));
      }
      return new Ended(process.exitValue(), Files.readString(log));
    } finally {
      Files.delete(log);
    }
  }

  /** How a process ended. */
  record Ended(int status, String output) {}
}
