package io.furnistream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.endtoend.stack.OddMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Machines that are set up in ways of their own, one each: a command runs there, or says why not
 * and what to do. On one that has nearly all of it at once, {@link OddMachine}, the end-to-end
 * tests run the stack.
 */
class MachinesIT {

  private static final int LIMIT_SECONDS = 120;
  private static final Path HOME = Path.of(System.getProperty("furnistream.home"));

  /** /tmp is mounted noexec, except the checkout, which may be in it. */
  private static final String NOTHING_RUNS_IN_TMP =
      "mount --bind /tmp /tmp && mount -o remount,bind,noexec /tmp"
          + " && mount --bind \"$HOME_OF_TEST\" \"$HOME_OF_TEST\""
          + " && mount -o remount,bind,exec \"$HOME_OF_TEST\"";

  private static final List<String> STATUS = List.of("status");
  private static final String NO_STACK = "No stack was started in ";
  private static final List<String> UP =
      List.of("up", "--profile", "core", "--port-offset", "24000");

  /** Its classes of machine code are unpacked before they are loaded. */
  private static final List<String> PREVIEW =
      List.of(
          "preview",
          HOME.resolve("connectors/cassandra-daily-records.json").toString(),
          "--sample",
          HOME.resolve("transforms/examples/daily_record.json").toString());

  @TempDir private Path folder;

  /**
   * A machine.
   *
   * @param setUp what a shell does before the command
   * @param variables of its environment; an empty one is not set
   * @param checkout where the checkout is
   * @param command what is run on it
   * @param status how that ends
   * @param says what is printed then
   */
  record Machine(
      String setUp,
      Map<String, String> variables,
      Path checkout,
      List<String> command,
      int status,
      List<String> says) {}

  static Stream<Machine> machines() throws Exception {
    List<Machine> all = new ArrayList<>();
    for (Map<String, String> variables :
        List.of(
            Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC"),
            Map.of("_JAVA_OPTIONS", "-javaagent:/nowhere.jar"),
            Map.of("JDK_JAVA_OPTIONS", "-Xmx1m"))) {
      all.add(new Machine(":", variables, HOME, STATUS, 1, List.of(NO_STACK)));
    }
    all.add(
        new Machine(
            ":",
            Map.of("LANG", "", "LC_ALL", ""),
            HOME,
            List.of("status", "--state", "/nowhere/möbel"),
            1,
            List.of(NO_STACK + "/nowhere/möbel")));
    all.add(
        new Machine(
            "ulimit -n 256",
            Map.of(),
            HOME,
            UP,
            2,
            List.of("256 files", "ulimit -Hn", "2048", "limits.conf", "LimitNOFILE")));
    all.add(
        new Machine(
            ":",
            Map.of(),
            OddMachine.get().checkOut("a:b"),
            STATUS,
            2,
            List.of("a:b", "colon", "Move the checkout")));
    if (mayMount()) {
      all.add(
          new Machine(
              NOTHING_RUNS_IN_TMP, Map.of("TMPDIR", "/tmp"), HOME, PREVIEW, 0, List.of("cell")));
      all.add(
          new Machine(NOTHING_RUNS_IN_TMP, Map.of(), HOME, UP, 2, List.of("noexec", "--state")));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void runsOrSaysWhatToDo(Machine machine) throws Exception {
    List<String> command = new ArrayList<>();
    if (machine.setUp().equals(NOTHING_RUNS_IN_TMP)) {
      command.addAll(List.of("unshare", "--map-root-user", "--mount"));
    }
    command.addAll(List.of("sh", "-c", machine.setUp() + " && exec \"$@\"", "sh"));
    command.add(machine.checkout().resolve("furnistream").toString());
    command.addAll(machine.command());
    if (!command.contains("--state")) {
      command.addAll(List.of("--state", folder.resolve("state").toString()));
    }
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().put("FURNISTREAM_SKIP_BUILD", "true");
    builder.environment().put("HOME_OF_TEST", HOME.toString());
    machine.variables().forEach((name, value) -> set(builder, name, value));

    Process process = builder.start();

    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(printed, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isEqualTo(machine.status());
    assertThat(text).contains(machine.says());
    assertThat(text).doesNotContain("Picked up", "Exception");
    assertThat(folder.resolve("state/run/status.json")).doesNotExist();
  }

  private static void set(ProcessBuilder builder, String name, String value) {
    if (value.isEmpty()) {
      builder.environment().remove(name);
    } else {
      builder.environment().put(name, value);
    }
  }

  private static boolean mayMount() throws InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
                  "unshare", "--map-root-user", "--mount", "sh", "-c", NOTHING_RUNS_IN_TMP)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("HOME_OF_TEST", HOME.toString());
      Process process = builder.start();
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
