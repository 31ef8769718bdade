package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for the end of processes, with real ones. */
@Timeout(30)
class ProcessesTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void oneThatHasEndedIsNotWaitedForAlthoughItsParentNeverAsks() throws Exception {
    try (Zombie zombie = Zombie.start()) {
      assertThat(Processes.awaitEnd(zombie.process(), SHORT)).as("it lives").isFalse();

      zombie.process().destroyForcibly();

      assertThat(Processes.awaitEnd(zombie.process(), LIMIT)).isTrue();
      assertThat(Processes.awaitEnd(zombie.parent(), SHORT)).as("its parent lives").isFalse();
    }
  }

  @Test
  void aChildOfOursHasEndedForJavaToo() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();

    Processes.kill(child.toHandle());

    assertThat(child.isAlive()).isFalse();
  }
}
