package io.furnistream.endtoend.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.endtoend.stack.FullStack;
import io.furnistream.endtoend.stack.OnFullStack;
import io.furnistream.python.PythonTools;
import io.furnistream.stack.process.Pid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stopping a stack of the profile full, and deleting it. */
@OnFullStack
class TeardownIT {

  private final FullStack stack;

  TeardownIT(FullStack stack) {
    this.stack = stack;
  }

  @Test
  void noProcessIsLeftEvenOfARunningJobAndAResetLeavesTheInboxOnly() throws Exception {
    // By pid: this also finds processes that hide their environment from their user.
    List<ProcessHandle> before = stack.processes().all();
    assertThat(before).hasSizeGreaterThan(3);

    stack.pytest(PythonTools.inAirflow(), "tests/teardown");

    assertThat(before).noneMatch(Pid::isAlive);
    assertThat(stack.processes().mentioned()).isEmpty();
    assertThat(stack.run("status").status()).isEqualTo(1);

    assertThat(stack.run("reset").status()).as("no terminal to ask at").isEqualTo(2);
    stack.succeed("reset", "--yes");
    // What people have put into the inbox is theirs.
    assertThat(stack.state()).isDirectoryNotContaining(file -> !file.endsWith("inbox"));
  }
}
