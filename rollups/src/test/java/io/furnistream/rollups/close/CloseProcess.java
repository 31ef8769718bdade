package io.furnistream.rollups.close;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Closes a synthetic day in a process of its own, on the class path that the command has. */
final class CloseProcess {

  private CloseProcess() {}

  /** Arguments: the export folder, how many records, the number of the first. */
  public static void main(String[] args) throws IOException {
    try (ExportFolder folder = ExportFolder.open(Path.of(args[0]))) {
      ClosedDay closed =
          new DayCloser(
                  new SyntheticRecords(Long.parseLong(args[1]), Long.parseLong(args[2])), folder)
              .close(ListedRecords.DAY);
      System.out.println(closed.outcome() + " " + closed.manifest().revision());
    }
  }

  /** The command of such a process, with 128 MB of heap. */
  static ProcessBuilder builder(Path export, long count, long from) {
    // Hadoop is there for the compiler alone.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("hadoop"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath,
                CloseProcess.class.getName(),
                export.toString(),
                Long.toString(count),
                Long.toString(from)));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
