package io.furnistream.endtoend.stack;

import io.furnistream.stack.process.Pid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The processes of a stack, as the kernel shows them under /proc. */
public final class StackProcesses {

  private final Path state;

  StackProcesses(Path state) {
    this.state = state;
  }

  /** Whether its supervisor runs. */
  boolean areUp() throws IOException {
    return running().filter(Pid::isAlive).isPresent();
  }

  /** The process that starts all others. */
  public ProcessHandle supervisor() throws IOException {
    return running().orElseThrow();
  }

  private Optional<ProcessHandle> running() throws IOException {
    Path file = state.resolve("run/supervisor.pid");
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readString(file).split(" ", 2)[0]))
        : Optional.empty();
  }

  /** The supervisor and all its descendants. */
  public List<ProcessHandle> all() throws IOException {
    ProcessHandle supervisor = supervisor();
    return Stream.concat(Stream.of(supervisor), supervisor.descendants()).toList();
  }

  /** Addresses that they listen on, as the kernel writes them: address:port. */
  public Set<String> listening() throws IOException {
    Set<String> listening = new TreeSet<>();
    Set<String> inodes = new TreeSet<>();
    for (ProcessHandle process : all()) {
      inodes.addAll(sockets(process.pid()));
    }
    for (String table : List.of("tcp", "tcp6")) {
      List<String> lines = Files.readAllLines(Path.of("/proc/net", table));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals("0A") && inodes.contains(fields[9])) {
          listening.add(fields[1]);
        }
      }
    }
    return listening;
  }

  /**
   * None of a process that has ended, or hides them from its user: a worker, which serves no one.
   */
  private static Set<String> sockets(long pid) throws IOException {
    Set<String> inodes = new TreeSet<>();
    Path open = Path.of("/proc", Long.toString(pid), "fd");
    if (!Files.isReadable(open)) {
      return inodes;
    }
    try (Stream<Path> files = Files.list(open)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /** The memory of a process and its descendants, what they share counted once, in bytes. */
  public static long proportionalSetSize(ProcessHandle main) {
    return Stream.concat(Stream.of(main), main.descendants())
        .flatMap(each -> read(each, "smaps_rollup").lines())
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }

  /** Processes whose command line or environment names this stack. */
  public List<String> mentioned() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(
              process ->
                  Stream.of("cmdline", "environ")
                      .anyMatch(file -> read(process.resolve(file)).contains(state.toString())))
          .map(process -> process.getFileName() + " " + read(process.resolve("cmdline")))
          .toList();
    }
  }

  /** What the kernel says of a process in one of its files; empty when the process has ended. */
  public static String read(ProcessHandle process, String file) {
    return read(Path.of("/proc", Long.toString(process.pid()), file));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
