package io.furnistream.endtoend.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.Endpoints;
import io.furnistream.stack.Stack;
import io.furnistream.stack.StackControl;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A stack of the profile cluster. */
public final class ClusterStack extends RunningStack {

  private final StackControl control = new StackControl(Home.fromSystemProperty(), folder());

  private ClusterStack() throws IOException {
    super("cluster");
  }

  /** Starts one, which must succeed; where it does not, nothing is left running. */
  public static ClusterStack start() throws Exception {
    return begun(new ClusterStack());
  }

  @Override
  void begin() throws IOException, InterruptedException {
    succeed("up");
  }

  /** Kills services, all at once, and does something before they start again. */
  public void whileKilled(Set<String> services, StackControl.Work work) throws Exception {
    control.whileKilled(services, work);
  }

  @Override
  public Endpoints endpoints() {
    try {
      return Stack.open(Home.fromSystemProperty(), folder()).endpoints();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often the supervisor has started each service again. */
  public Map<String, Integer> restarts() {
    Map<String, Integer> restarts = new TreeMap<>();
    services()
        .forEach(each -> restarts.put(each.path("name").asText(), each.path("restarts").asInt()));
    return restarts;
  }

  /** What all its processes hold of the machine's memory, in bytes, shared pages counted once. */
  public long residentBytes() throws IOException {
    long bytes = StackProcesses.proportionalSetSize(processes().supervisor());
    assertThat(bytes).isPositive();
    return bytes;
  }

  private StateFolder folder() {
    return new StateFolder(state());
  }
}
