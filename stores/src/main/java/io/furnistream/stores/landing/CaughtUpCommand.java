package io.furnistream.stores.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.Stopwatch;
import io.furnistream.cli.TimeoutOption;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Waits until every sink has landed what Kafka holds now. */
@Command(
    name = "caught-up",
    mixinStandardHelpOptions = true,
    description = {
      "Waits until the aggregates and every sink have consumed all that Kafka holds when the command"
          + " starts, so that a day's records can be closed.",
      "Ends with 0 when they have, with 1 when they have not in time, naming who is behind."
    })
public final class CaughtUpCommand implements Callable<Integer>, Reporting {

  private final Supplier<Endpoints> endpoints;

  @Spec private CommandSpec spec;

  @Mixin private final TimeoutOption timeout = new TimeoutOption(600);

  private ObjectNode document;

  /**
   * The command.
   *
   * @param endpoints where the stack answers; asked when the command runs
   */
  public CaughtUpCommand(Supplier<Endpoints> endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public Integer call() {
    Duration limit = timeout.limit();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Kafka kafka = new Kafka(endpoints.get())) {
      CatchUp catchUp = new CatchUp(kafka, kafka.endOffsets(kafka.partitions(Topic.LOGS)));
      List<Behind> behind = new CatchUpWait(catchUp::behind, Stopwatch.start(), out).await(limit);
      document = document(behind, limit);
      if (behind.isEmpty()) {
        out.println("Every sink has caught up.");
        out.flush();
        return ExitStatus.DONE;
      }
      behind.forEach(one -> err.println(one.notWithin(limit.toSeconds())));
      err.flush();
      return ExitStatus.ANSWER_IS_NO;
    }
  }

  @Override
  public JsonNode report() {
    return document;
  }

  private static ObjectNode document(List<Behind> behind, Duration limit) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode problems = node.putArray("problems");
    for (Behind one : behind) {
      problems
          .addObject()
          .put("severity", "error")
          .put("message", one.notWithin(limit.toSeconds()));
    }
    return node;
  }
}
