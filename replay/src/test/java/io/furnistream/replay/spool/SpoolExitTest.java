package io.furnistream.replay.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolExitTest {

  private static final int EXPECTED = 7;

  @TempDir private Path folder;

  /** Opens a spool and ends as Ctrl-C ends a program: without closing it. */
  static final class Interrupted {
    private Interrupted() {}

    public static void main(String[] args) {
      Spool unclosed = Spool.in(Path.of(args[0]));
      System.exit(unclosed.lines() == 0 ? EXPECTED : 1);
    }
  }

  @Test
  void aProgramThatIsInterruptedLeavesNoLines() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName(),
                folder.toString())
            .inheritIO()
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(EXPECTED);
    assertThat(folder).isEmptyDirectory();
  }
}
