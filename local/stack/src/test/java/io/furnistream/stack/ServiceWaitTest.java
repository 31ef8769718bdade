package io.furnistream.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.CannotRunException;
import io.furnistream.stack.process.Pid;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceState;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for services, with the files that a supervisor writes. */
@Timeout(60)
class ServiceWaitTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path root;

  private final List<String> told = new ArrayList<>();
  private StateFolder folder;
  private ServiceWait wait;

  @BeforeEach
  void aSupervisorLives() throws IOException {
    folder = new StateFolder(root);
    folder.create();
    Files.writeString(
        folder.pidFile(SupervisorMain.NAME), Pid.of(ProcessHandle.current()).toString());
    wait = new ServiceWait(new StackControl(new Home(root), folder), folder);
  }

  @Test
  void eachServiceIsToldOnceAndOneThatFailedOnceIsWaitedFor() throws Exception {
    write(service("a", ServiceState.READY, 0), service("b", ServiceState.BACKING_OFF, 1));

    wait.untilReady(
        Set.of("a", "b"),
        status -> {
          told.add(status.name());
          write(service("a", ServiceState.READY, 0), service("b", ServiceState.READY, 1));
        });

    assertThat(told).containsExactly("a", "b");
  }

  @Test
  void oneThatFailsTwiceIsNamedWithTheEndOfItsLog() throws Exception {
    write(service("a", ServiceState.READY, 0), service("b", ServiceState.BACKING_OFF, 2));
    Files.writeString(folder.log("b"), "the beginning" + "x".repeat(3000) + "\nNo space left\n");

    assertThatThrownBy(() -> wait.untilReady(Set.of("a", "b"), status -> told.add(status.name())))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith("b does not get ready: exit code 1")
        .hasMessageContaining(folder.log("b").toString())
        .hasMessageEndingWith("x\nNo space left\n")
        .hasMessageNotContaining("beginning");
    assertThat(told).containsExactly("a");
  }

  @Test
  void aLogThatCannotBeReadHidesNoReason() {
    write(service("b", ServiceState.BACKING_OFF, 2));

    assertThatThrownBy(() -> wait.untilReady(Set.of("b"), status -> told.add(status.name())))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("b does not get ready: exit code 1")
        .hasMessageContaining("No such file");
  }

  private void write(ServiceStatus... services) {
    try {
      StateFolder.writeAtomically(folder.status(), JSON.writeValueAsString(services));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServiceStatus service(String name, ServiceState state, int restarts) {
    return new ServiceStatus(name, state, 0, 0, restarts, 0, 0, "exit code 1");
  }
}
