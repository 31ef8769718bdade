package io.furnistream.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.records.Oracle;
import io.furnistream.endtoend.records.ReportTables;
import io.furnistream.endtoend.stack.ClusterStack;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.RunningStack;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Three brokers, three Cassandra nodes, two Connect workers and two aggregates: while sales flow,
 * one of each kind is killed, and a broker together with a Cassandra node. {@code ./furnistream
 * test --cluster} runs it, and nothing else does.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final int COPIES = 3;
  private static final int WORKERS = 2;
  private static final long LARGEST_RESIDENT = 10_000L * 1000 * 1000;

  /** Who dies together. */
  private static final List<Set<String>> DEATHS =
      List.of(
          Set.of("kafka-1"),
          Set.of("cassandra-1"),
          Set.of("connect-1"),
          Set.of("aggregates-1"),
          Set.of("kafka-2", "cassandra-2"));

  private ClusterStack stack;

  @BeforeAll
  void start() throws Exception {
    stack = ClusterStack.start();
  }

  @AfterAll
  void end() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void whoeverDiesNothingStopsAndTheNumbersAgree() throws Exception {
    List<LocalDate> days;
    try (Load load = new Load(stack);
        Progress progress = new Progress(stack.endpoints())) {
      progress.awaitNewSalesEverywhere("while all live");
      for (Set<String> dead : DEATHS) {
        assertGoesOnWithout(dead, load, progress);
        assertAllAreBack(progress);
        assertThat(stack.residentBytes()).isLessThan(LARGEST_RESIDENT);
      }
      days = load.end();
    }

    assertStoresAgree(days);
  }

  private void assertGoesOnWithout(Set<String> dead, Load load, Progress progress)
      throws Exception {
    Map<String, Integer> before = stack.restarts();
    long began = System.nanoTime();

    stack.whileKilled(
        dead,
        () -> {
          progress.awaitNewSalesEverywhere("without " + dead);
          load.assertGoesOn();
        });

    System.out.printf(
        "%s: new sales everywhere, and back, after %d s%n",
        dead, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    Map<String, Integer> after = stack.restarts();
    before.keySet().removeAll(dead);
    after.keySet().removeAll(dead);
    assertThat(after).as("no other service fell over").isEqualTo(before);
  }

  /** Each has what it missed, and its part of the work. */
  private void assertAllAreBack(Progress progress) throws Exception {
    progress.awaitAllCopies(COPIES);
    try (CqlSession session = stack.cassandra()) {
      await("each Cassandra node has the rows that it missed")
          .atMost(RunningStack.LIMIT)
          .pollInterval(POLL)
          .ignoreExceptions()
          .until(() -> areUpToDate(session));
    }
    await("each task runs, and each worker has some")
        .atMost(RunningStack.LIMIT)
        .pollInterval(POLL)
        .ignoreExceptions()
        .until(this::allTasksRun);
  }

  private static boolean areUpToDate(CqlSession session) {
    Collection<Node> nodes = session.getMetadata().getNodes().values();
    return nodes.size() == COPIES
        && nodes.stream().allMatch(node -> node.getState() == NodeState.UP)
        && nodes.stream().allMatch(node -> hasNoHints(session, node));
  }

  /** Whether a node keeps no writes for another one that was away. */
  private static boolean hasNoHints(CqlSession session, Node node) {
    return session
            .execute(
                SimpleStatement.newInstance("SELECT host_id FROM system_views.pending_hints")
                    .setNode(node))
            .one()
        == null;
  }

  /** As the command says, which asks whichever worker answers. */
  private boolean allTasksRun() throws Exception {
    CommandProcess.Result status = stack.run("connectors", "status", "--json");
    Set<String> workers = new TreeSet<>(JSON.readTree(status.out()).findValuesAsText("worker_id"));
    return status.status() == 0 && workers.size() == WORKERS;
  }

  /** By verify, and by a plain loop over the topic. */
  private void assertStoresAgree(List<LocalDate> days) throws Exception {
    assertThat(days).hasSizeGreaterThan(DEATHS.size());
    CommandProcess.Result verify = stack.run("verify", "--json", "--timeout", "900");
    assertThat(verify.status()).as(verify.out() + verify.err()).isZero();
    assertThat(JSON.readTree(verify.out()).path("ok").asBoolean()).isTrue();
    Map<LocalDate, Oracle.Day> counted = Oracle.days(stack.endpoints(), days);
    try (Connection reader = stack.reader()) {
      for (LocalDate day : days) {
        assertThat(counted.get(day).records).isEqualTo(Load.recordsOfADay());
        assertThat(ReportTables.revenue(reader, day)).isEqualTo(counted.get(day).revenue);
      }
    }
  }
}
