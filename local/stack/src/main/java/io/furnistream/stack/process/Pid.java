package io.furnistream.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The permanent identity of a process: pids are reused, but not a pid together with the boot and
 * the tick at which the process was started. Unlike a start time they do not change when the clock
 * is set.
 *
 * @param pid process id
 * @param started boot and tick of its start; empty for a process that is gone
 */
public record Pid(long pid, String started) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Fields of {@code /proc/PID/stat} behind the program's name, which itself may hold spaces. */
  private static final int START_TICK = 19;

  private static final int SESSION = 3;
  private static final int STATE = 0;

  /** A zombie, and what is on its way out. */
  private static final Set<String> ENDED = Set.of("Z", "X");

  /** Identifies a process. */
  public static Pid of(ProcessHandle process) throws IOException {
    String[] fields = fields(process.pid());
    return new Pid(
        process.pid(),
        fields.length == 0 ? "" : Files.readString(BOOT).strip() + ":" + fields[START_TICK]);
  }

  /**
   * The session of a process, by the number of the process that leads it, or led it; empty for a
   * process that is gone. The number is not used again as long as the session has a process.
   */
  static OptionalLong session(long pid) {
    String[] fields = fields(pid);
    return fields.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(fields[SESSION]));
  }

  /**
   * The process that a pid file names, whether it lives or not; empty when another has its number
   * now.
   */
  static OptionalLong named(Path pidFile) throws IOException {
    Optional<Pid> named = read(pidFile);
    if (named.isEmpty()) {
      return OptionalLong.empty();
    }
    long pid = named.get().pid;
    boolean taken = fields(pid).length > 0 && living(pidFile).isEmpty();
    return taken ? OptionalLong.empty() : OptionalLong.of(pid);
  }

  /**
   * The process that a pid file names, if it still lives. A file that cannot be read names none.
   */
  public static Optional<ProcessHandle> living(Path pidFile) throws IOException {
    Optional<Pid> named = read(pidFile);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process = ProcessHandle.of(named.get().pid).filter(Pid::isAlive);
    return process.isPresent() && of(process.get()).equals(named.get())
        ? process
        : Optional.empty();
  }

  /**
   * Whether a process runs. One that has ended is alive for {@link ProcessHandle#isAlive} until its
   * parent has asked how it ended, which may take a moment, and never happens in some containers.
   */
  public static boolean isAlive(ProcessHandle process) {
    String[] fields = fields(process.pid());
    return process.isAlive() && fields.length > 0 && !ENDED.contains(fields[STATE]);
  }

  /** As it is written in a pid file. */
  @Override
  public String toString() {
    return pid + " " + started;
  }

  private static String[] fields(long pid) {
    try {
      String text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException gone) {
      return new String[0];
    }
  }

  private static Optional<Pid> read(Path pidFile) {
    try {
      String[] parts = Files.readString(pidFile).strip().split(" ", 2);
      return parts.length == 2
          ? Optional.of(new Pid(Long.parseLong(parts[0]), parts[1]))
          : Optional.empty();
    } catch (IOException | NumberFormatException absentOrCut) {
      return Optional.empty();
    }
  }
}
