package io.furnistream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final int LOOKS = 3000;

  @Test
  void countsWhatAProcessHolds() {
    assertThat(Memory.resident(ProcessHandle.current().pid())).isBetween(10L << 20, 8L << 30);
  }

  /** Between being opened and being read in /proc a process may end. */
  @Test
  void passesOverChildrenThatEndMeanwhile() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "while :; do /bin/true; done").start();
    try {
      for (int look = 0; look < LOOKS; look++) {
        assertThat(Memory.resident(parent.pid())).isNotNegative();
      }
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }
}
