package io.furnistream.stack.process;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every process that a service or a descendant of it has started, whatever its parent is by now. A
 * process that is killed leaves orphans. They are recognised by a variable in their environment,
 * which names the stack and the service; and, if a service has a session of its own, by that: some
 * hide their environment from everyone but root, some leave the session.
 */
public final class ServiceProcesses {

  private static final String VARIABLE = "FURNISTREAM_SERVICE";
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcesses.class);
  private static final Path PROC = Path.of("/proc");

  /** A process that forks during the search is found in the next round. */
  private static final int ROUNDS = 10;

  private ServiceProcesses() {}

  /** What a service's process gets into its environment. */
  public static Map<String, String> mark(StateFolder folder, String service) {
    return Map.of(VARIABLE, value(folder, service));
  }

  /** The processes of a service that live now. */
  static List<ProcessHandle> living(StateFolder folder, String service) throws IOException {
    OptionalLong main = Pid.named(folder.pidFile(service));
    byte[] mark = (VARIABLE + "=" + value(folder, service) + "\0").getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(process -> Character.isDigit(process.getFileName().toString().charAt(0)))
          .filter(process -> isMarked(process, mark) || isInSession(process, main))
          .flatMap(process -> handle(process).stream())
          .filter(Pid::isAlive)
          .toList();
    }
  }

  /** Kills all living processes of a service (SIGKILL); returns whether there were any. */
  public static boolean kill(StateFolder folder, String service) throws IOException {
    List<ProcessHandle> left = living(folder, service);
    boolean any = !left.isEmpty();
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      left.forEach(Processes::kill);
      left = living(folder, service);
    }
    if (!left.isEmpty()) {
      LOG.error("Processes of {} do not end although they were killed: {}", service, left);
    }
    return any;
  }

  private static String value(StateFolder folder, String service) {
    return folder.root() + ":" + service;
  }

  private static Optional<ProcessHandle> handle(Path process) {
    return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
  }

  private static boolean isMarked(Path process, byte[] mark) {
    try {
      return contains(Files.readAllBytes(process.resolve("environ")), mark);
    } catch (IOException goneOrAnothers) {
      return false;
    }
  }

  private static boolean isInSession(Path process, OptionalLong leader) {
    return leader.isPresent()
        && Pid.session(Long.parseLong(process.getFileName().toString())).equals(leader);
  }

  private static boolean contains(byte[] environment, byte[] entry) {
    for (int from = 0; from + entry.length <= environment.length; from++) {
      boolean starts = from == 0 || environment[from - 1] == 0;
      if (starts && Arrays.equals(environment, from, from + entry.length, entry, 0, entry.length)) {
        return true;
      }
    }
    return false;
  }
}
