package io.furnistream.endtoend.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.python.PythonTools;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.state.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stack of the profile full: Airflow and Superset were added to one of the profile core, and a
 * demo has made and closed three days by way of Airflow.
 */
public final class FullStack extends RunningStack {

  private static final String[] DATASET = {
    "--from", "2023-12-24", "--to", "2023-12-26", "--records", "50"
  };

  private Map<String, Long> pidsBefore = Map.of();
  private Map<String, Long> pidsAfter = Map.of();
  private CommandProcess.Result verifyBefore;
  private CommandProcess.Result demo;

  private FullStack() throws IOException {
    super("full");
  }

  /**
   * Starts what there is without Airflow and Superset, and has the demo add them and run; both must
   * succeed. Where they do not, nothing is left running.
   */
  static FullStack withDemo() throws Exception {
    // Here, where a proxy of the machine still is one.
    PythonTools.ofAirflow();
    PythonTools.ofSuperset();
    GazetteerFiles.get(Home.fromSystemProperty(), System.out::println);
    return begun(new FullStack());
  }

  @Override
  void begin() throws IOException, InterruptedException {
    CommandProcess.Result core = commands("core").run("up");
    assertThat(core.status()).as(core.out() + core.err()).isZero();
    pidsBefore = pids();
    verifyBefore = run("verify", "--json");
    demo = succeed("demo", DATASET);
    pidsAfter = pids();
  }

  /** What a verify printed before the demo. */
  public CommandProcess.Result verifyBefore() {
    return verifyBefore;
  }

  /** The process of each service before the demo. */
  public Map<String, Long> pidsBefore() {
    return pidsBefore;
  }

  /** The process of each service after the demo. */
  public Map<String, Long> pidsAfter() {
    return pidsAfter;
  }

  /** What the demo printed. */
  public CommandProcess.Result demo() {
    return demo;
  }

  /** Runs Python tests against this stack. */
  public void pytest(PythonTools tools, String... tests) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-q", "--durations=12"));
    arguments.addAll(List.of(tests));
    arguments.addAll(
        List.of(
            "--stack", state().toString(), "--stack-port-offset", Integer.toString(portOffset())));
    tools.run("pytest", arguments.toArray(String[]::new));
  }
}
