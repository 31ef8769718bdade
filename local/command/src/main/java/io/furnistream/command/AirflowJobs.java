package io.furnistream.command;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.command.AirflowClient.DagRun;
import io.furnistream.command.AirflowClient.TaskInstance;
import io.furnistream.stack.services.WebAccess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Generates days and closes them through Airflow, as a person does in its pages: starts {@code
 * fake_data}, and follows it and the {@code day_close} that it starts.
 */
final class AirflowJobs {

  private static final String GENERATE = "fake_data";
  private static final String CLOSE = "day_close";

  /** States of a task that is done; a day is skipped where there is nothing to do. */
  private static final Set<String> DONE = Set.of("success", "skipped");

  private static final Duration FOUND_WITHIN = Duration.ofMinutes(2);
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(10);
  private static final Duration ENDED_WITHIN = Duration.ofHours(2);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final WebAccess access;
  private final AirflowClient client;
  private final PrintWriter messages;

  /**
   * The jobs of this Airflow.
   *
   * @param messages receives the state of each run
   */
  AirflowJobs(WebAccess access, PrintWriter messages) {
    this.access = access;
    this.client = new AirflowClient(access);
    this.messages = messages;
  }

  /**
   * Generates the days and closes them.
   *
   * @return whether both runs have succeeded; if not, the messages say where to look
   * @throws CannotRunException when Airflow refuses the arguments, or a wait has used up its limit
   */
  boolean generateAndClose(LocalDate from, LocalDate to, int records, long seed)
      throws IOException, InterruptedException {
    client.awaitDag(GENERATE, FOUND_WITHIN);
    client.awaitDag(CLOSE, FOUND_WITHIN);
    DagRun generation =
        client.trigger(
            GENERATE,
            Map.of(
                "start_date",
                from.toString(),
                "end_date",
                to.toString(),
                "records_per_day",
                records,
                "seed",
                seed));
    return follow(GENERATE, generation) && follow(CLOSE, startedBy(generation));
  }

  private DagRun startedBy(DagRun generation) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(STARTED_WITHIN);
    Optional<DagRun> closing = client.startedBy(generation, CLOSE);
    while (closing.isEmpty()) {
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "The run %s of %s has not started %s within %d s. See %s/dags/%s"
                .formatted(
                    generation.id(),
                    GENERATE,
                    CLOSE,
                    STARTED_WITHIN.toSeconds(),
                    access.url(),
                    CLOSE));
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      closing = client.startedBy(generation, CLOSE);
    }
    return closing.get();
  }

  /** Reports the state of a run, each time that it changes, until it has ended. */
  private boolean follow(String dag, DagRun started) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(ENDED_WITHIN);
    DagRun run = started;
    String reported = "";
    while (!run.hasEnded()) {
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "The run %s of %s has not ended within %d s and is still running. See %s"
                .formatted(run.id(), dag, ENDED_WITHIN.toSeconds(), page(dag, run)));
      }
      reported = report(reported, inWords(dag, run));
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      run = client.run(dag, run.id());
    }
    report(reported, inWords(dag, run));
    return run.hasSucceeded();
  }

  private String report(String reported, String now) {
    if (!now.equals(reported)) {
      messages.println(now);
      messages.flush();
    }
    return now;
  }

  private String inWords(String dag, DagRun run) throws IOException, InterruptedException {
    List<TaskInstance> tasks = client.taskInstances(dag, run.id());
    TreeSet<String> failed = new TreeSet<>();
    tasks.stream()
        .filter(task -> task.state().equals("failed"))
        .map(TaskInstance::task)
        .forEach(failed::add);
    return "Airflow: %-9s  %-7s  %d of %d tasks done%s"
        .formatted(
            dag,
            run.state(),
            tasks.stream().filter(task -> DONE.contains(task.state())).count(),
            tasks.size(),
            failed.isEmpty()
                ? ""
                : "; failed: " + String.join(", ", failed) + "; the logs: " + page(dag, run));
  }

  private String page(String dag, DagRun run) {
    return "%s/dags/%s/runs/%s".formatted(access.url(), dag, run.id());
  }
}
