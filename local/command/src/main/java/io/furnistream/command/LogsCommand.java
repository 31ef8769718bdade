package io.furnistream.command;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ExitStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream logs SERVICE}. */
@Command(name = "logs", description = "Prints the end of what a service has printed.")
final class LogsCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVICE", description = "As status names it, or supervisor.")
  private String service;

  @Option(
      names = {"-n", "--lines"},
      defaultValue = "200",
      description = "How many lines, 1 or more. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Override
  public Integer call() throws Exception {
    Path folder = root.stateFolder().logs();
    Path log = root.stateFolder().log(service);
    if (!folder.equals(log.normalize().getParent()) || !Files.exists(log)) {
      throw new CannotRunException(
          "There is no log of '%s'. There are: %s".formatted(service, services(folder)));
    }
    if (lines < 1) {
      throw new CannotRunException("--lines takes 1 or more, not " + lines);
    }
    Deque<String> last = new ArrayDeque<>();
    // Not Files.newBufferedReader, which refuses bytes that are not UTF-8: a service may print
    // anything.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        last.addLast(line);
        if (last.size() > lines) {
          last.removeFirst();
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    last.forEach(out::println);
    out.flush();
    return ExitStatus.DONE;
  }

  private static String services(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return "none, since nothing was started yet";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .map(name -> name.substring(0, name.length() - ".log".length()))
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
