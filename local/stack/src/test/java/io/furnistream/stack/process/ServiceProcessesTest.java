package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding the processes of a service, with real processes. */
class ServiceProcessesTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path root;

  @Test
  void aChildInASessionOfItsOwnIsFoundAfterItsParentWasKilled() throws Exception {
    StateFolder folder = new StateFolder(root);
    Path pid = root.resolve("child");
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "setsid sh -c 'echo $$ > \"$0\"; sleep 1000; :' \"$0\" & wait",
            pid.toString());
    builder.environment().putAll(ServiceProcesses.mark(folder, "program"));
    Process parent = builder.start();
    await().atMost(LIMIT).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    parent.destroyForcibly().waitFor();
    assertThat(child.isAlive()).as("a killed parent does not end its children").isTrue();

    assertThat(ServiceProcesses.kill(folder, "prog")).as("another service").isFalse();
    assertThat(ServiceProcesses.kill(new StateFolder(root.resolve("x")), "program"))
        .as("another stack")
        .isFalse();
    assertThat(ServiceProcesses.kill(folder, "program")).isTrue();
    assertThat(Pid.isAlive(child)).isFalse();
    assertThat(ServiceProcesses.living(folder, "program")).isEmpty();
  }

  @Test
  void aChildThatHidesItsEnvironmentIsFoundByTheSession() throws Exception {
    StateFolder folder = new StateFolder(root);
    folder.create();
    Path pid = root.resolve("child");
    Process parent =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                "env -i sh -c 'echo $$ > \"$0\"; sleep 1000; :' \"$0\" & wait",
                pid.toString())
            .start();
    StateFolder.writeAtomically(folder.pidFile("program"), Pid.of(parent.toHandle()).toString());
    await().atMost(LIMIT).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    parent.destroyForcibly().waitFor();
    assertThat(child.isAlive()).as("a killed parent does not end its children").isTrue();

    assertThat(ServiceProcesses.kill(folder, "another")).isFalse();
    assertThat(ServiceProcesses.kill(folder, "program")).isTrue();

    assertThat(Pid.isAlive(child)).isFalse();
    assertThat(ServiceProcesses.living(folder, "program")).isEmpty();
  }

  @Test
  void oneThatHasEndedIsNotFoundAlthoughItsParentNeverAsks() throws Exception {
    StateFolder folder = new StateFolder(root);
    folder.create();
    try (Zombie zombie = Zombie.start()) {
      StateFolder.writeAtomically(folder.pidFile("program"), Pid.of(zombie.parent()).toString());
      assertThat(ServiceProcesses.living(folder, "program"))
          .containsExactlyInAnyOrder(zombie.parent(), zombie.process());

      zombie.process().destroyForcibly();
      assertThat(Processes.awaitEnd(zombie.process(), LIMIT)).isTrue();

      assertThat(ServiceProcesses.living(folder, "program")).containsExactly(zombie.parent());
    }
  }

  @Test
  void whatRunsUnderNoServiceIsLeftAlone() throws IOException {
    assertThat(ServiceProcesses.living(new StateFolder(root), "program")).isEmpty();
  }
}
