package io.furnistream.endtoend.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A machine on which all that may be set is set, as no machine has it: for other programs, or
 * wrongly. The end-to-end tests run on it.
 */
public final class OddMachine {

  /** In the path of the checkout, and in those of state folders. */
  static final String NAME = "möbel haus, k = 1";

  /** No class path can hold a colon, and so no checkout; a state folder can. */
  static final String STATE_NAME = NAME + ": state";

  /** Each is enough to break one of the services that would read it. */
  static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC -javaagent:/nowhere.jar"),
          Map.entry("_JAVA_OPTIONS", "-Xmx1m -Dfile.encoding=ISO-8859-9 -Duser.language=tr"),
          Map.entry("JDK_JAVA_OPTIONS", "-XX:+UseParallelGC -Dhttp.proxyHost=127.0.0.1"),
          Map.entry("MAVEN_OPTS", "-XX:+UseParallelGC"),
          Map.entry("CLASSPATH", "/nowhere"),
          Map.entry("PGSSLMODE", "require"),
          Map.entry("PGOPTIONS", "-c search_path=nowhere"),
          Map.entry("PGTZ", "Asia/Tokyo"),
          Map.entry("PGHOST", "/nowhere"),
          Map.entry("HTTP_PROXY", "http://127.0.0.1:9"),
          Map.entry("HTTPS_PROXY", "http://127.0.0.1:9"),
          Map.entry("http_proxy", "http://127.0.0.1:9"),
          Map.entry("https_proxy", "http://127.0.0.1:9"),
          Map.entry("ALL_PROXY", "socks5://127.0.0.1:9"),
          Map.entry("all_proxy", "socks5://127.0.0.1:9"),
          Map.entry("NO_PROXY", "localhost,[::1],10.0.0.0/8"),
          Map.entry("no_proxy", "localhost,[::1],10.0.0.0/8"),
          Map.entry("PYTHONHOME", "/nowhere"),
          Map.entry("AIRFLOW_HOME", "/nowhere"),
          Map.entry("SUPERSET_CONFIG_PATH", "/nowhere"),
          Map.entry("LC_ALL", "tr_TR.UTF-8"),
          Map.entry("TZ", "Asia/Tokyo"));

  private static final int LEAST_FILES = 2048;
  private static final Path HOME = Path.of(System.getProperty("furnistream.home"));
  private static final String TEMPORARY = System.getProperty("java.io.tmpdir") + "/";
  private static final OddMachine INSTANCE = make();

  private final Path folder;

  private OddMachine(Path folder) {
    this.folder = folder;
  }

  /** The one of this JVM; it goes with it. */
  public static OddMachine get() {
    return INSTANCE;
  }

  private static OddMachine make() {
    try {
      Path folder = Files.createTempDirectory("furnistream-machine-");
      OddMachine machine = new OddMachine(folder);
      machine.checkOut(NAME);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return machine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The checkout in a folder of that name: a copy of the launcher, and all else by links. */
  public Path checkOut(String name) throws IOException {
    Path checkout = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(HOME)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path there = checkout.resolve(file.getFileName());
        if (Files.exists(there)) {
          continue;
        }
        if (file.endsWith("furnistream")) {
          Files.copy(file, there);
          Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
          Files.createSymbolicLink(there, file);
        }
      }
    }
    return checkout;
  }

  /** The launcher of the checkout. */
  Path furnistream() {
    return folder.resolve(NAME).resolve("furnistream");
  }

  /**
   * A file for the classes that the JVMs of a stack's commands archive; no option can hold a space.
   */
  Path classes(int portOffset) {
    return folder.resolve("classes-%d.jsa".formatted(portOffset));
  }

  /** A program on this machine: others may write what it writes, and few files may be open. */
  ProcessBuilder process(List<String> command) {
    List<String> all =
        Stream.concat(
                Stream.of("sh", "-c", "umask 000; ulimit -Sn 256; exec \"$@\"", "sh"),
                command.stream())
            .toList();
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().remove("LANG");
    builder.environment().putAll(VARIABLES);
    builder.environment().put("FURNISTREAM_SKIP_BUILD", "true");
    return builder;
  }

  /** Nothing of the machine has reached a process of the stack, whatever it is. */
  public static void assertNothingReached(List<ProcessHandle> processes, Path state)
      throws IOException {
    assertThat(processes).isNotEmpty();
    for (ProcessHandle process : processes) {
      Map<String, String> environment = environment(process);
      if (environment.isEmpty()) {
        continue; // it has ended, or it hides what it has
      }
      String name = environment.getOrDefault("FURNISTREAM_SERVICE", "the supervisor");
      Set<String> met = new TreeSet<>(environment.keySet());
      met.retainAll(VARIABLES.keySet());
      assertThat(met).as(name).isSubsetOf("AIRFLOW_HOME", "LC_ALL", "SUPERSET_CONFIG_PATH", "TZ");
      assertThat(environment.values()).as(name).doesNotContain("/nowhere", "Asia/Tokyo");
      assertThat(environment).as(name).containsEntry("LC_ALL", "C.UTF-8");
      assertThat(openFiles(process)).as(name).isGreaterThanOrEqualTo(LEAST_FILES);
      assertThat(
              StackProcesses.read(process, "maps").lines().filter(OddMachine::isProgramInTemporary))
          .as("what %s has unpacked and loaded", name)
          .allMatch(line -> line.contains(" " + state + "/") || line.contains(" " + HOME + "/"));
    }
  }

  /** No file in a folder that others may enter is one that they may write. */
  public static void assertOnlyOwnersWrite(Path folder) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
    assertThat(mode).as(folder.toString()).doesNotContain(PosixFilePermission.OTHERS_WRITE);
    if (!Files.isDirectory(folder) || !mode.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(f -> !Files.isSymbolicLink(f))::iterator) {
        assertOnlyOwnersWrite(file);
      }
    }
  }

  private static boolean isProgramInTemporary(String mapping) {
    return mapping.split(" ", 3)[1].contains("x") && mapping.contains(" " + TEMPORARY);
  }

  private static int openFiles(ProcessHandle process) {
    Matcher limit =
        Pattern.compile("Max open files +(\\d+)").matcher(StackProcesses.read(process, "limits"));
    return limit.find() ? Integer.parseInt(limit.group(1)) : Integer.MAX_VALUE;
  }

  public static Map<String, String> environment(ProcessHandle process) {
    return Arrays.stream(StackProcesses.read(process, "environ").split("\0", -1))
        .filter(entry -> entry.contains("="))
        .collect(
            Collectors.toMap(
                entry -> entry.substring(0, entry.indexOf('=')),
                entry -> entry.substring(entry.indexOf('=') + 1),
                (one, other) -> one));
  }

  private static void delete(Path folder) {
    try {
      PathUtils.deleteDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
