package io.furnistream.stack;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * Makes the aggregates compute everything again from the records, into tables that start empty: a
 * row that should not be there does not reappear.
 *
 * <p>Without its group the application starts over: it forgets what it remembers, takes back every
 * row of its topics, and reads the records from the beginning. A reset that is interrupted after
 * that point is complete except for rows that are in no topic, and may be run again.
 */
public final class AggregatesReset {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  /** A member that was killed stays one until its session ends. */
  private static final Duration EMPTY_LIMIT = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(500);

  private final StackControl control;
  private final Stack stack;
  private final Consumer<String> messages;

  /**
   * A reset of a stack's aggregates.
   *
   * @param messages receives a line for each step
   */
  public AggregatesReset(StackControl control, Stack stack, Consumer<String> messages) {
    this.control = control;
    this.stack = stack;
    this.messages = messages;
  }

  /**
   * Resets, and returns when the aggregates have started over.
   *
   * @throws CannotRunException when the stack does not run, or a part of it does not respond in
   *     time
   */
  public void run() throws Exception {
    control.whileStopped(
        stack.aggregates(),
        () -> {
          messages.accept("The aggregates have stopped; deleting their offsets.");
          deleteGroup();
          messages.accept("Emptying their tables.");
          List<String> tables = Topic.AGGREGATED.stream().map(Topic::topicName).toList();
          stack.emptyTables(tables);
          messages.accept("Starting them again.");
        });
  }

  private void deleteGroup() throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.endpoints().bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ANSWER_LIMIT.toMillis()))) {
      Deadline deadline = Deadline.in(EMPTY_LIMIT);
      while (!deleted(admin)) {
        if (deadline.hasPassed()) {
          throw new CannotRunException(
              "After %d s the group %s still has members: end the aggregates that run elsewhere, then reset again."
                  .formatted(EMPTY_LIMIT.toSeconds(), AggregatesGroup.ID));
        }
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
    }
  }

  private static boolean deleted(Admin admin) throws ExecutionException, InterruptedException {
    try {
      admin.deleteConsumerGroups(List.of(AggregatesGroup.ID)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return true;
      }
      if (e.getCause() instanceof GroupNotEmptyException) {
        return false;
      }
      throw e;
    }
  }
}
