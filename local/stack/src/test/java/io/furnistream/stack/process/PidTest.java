package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process is named in a file. */
class PidTest {

  @TempDir private Path folder;

  @Test
  void aProcessIsNamedByNumberAndStart() throws IOException {
    Path file = folder.resolve("x.pid");
    ProcessHandle self = ProcessHandle.current();

    Files.writeString(file, Pid.of(self).toString());
    assertThat(Pid.living(file)).contains(self);

    Files.writeString(file, new Pid(self.pid(), "another boot:1").toString());
    assertThat(Pid.living(file)).as("the number belongs to another process now").isEmpty();
    Files.writeString(file, "");
    assertThat(Pid.living(file)).as("cut short by a full disk").isEmpty();
    assertThat(Pid.living(folder.resolve("absent.pid"))).isEmpty();
  }

  @Test
  void aProcessThatHasEndedIsNotAliveAlthoughItsParentNeverAsks() throws Exception {
    try (Zombie zombie = Zombie.start()) {
      ProcessHandle child = zombie.process();
      Path file = folder.resolve("x.pid");
      Files.writeString(file, Pid.of(child).toString());
      assertThat(Pid.living(file)).contains(child);

      child.destroyForcibly();

      await().until(() -> Pid.living(file).isEmpty());
    }
  }
}
