package io.furnistream.provision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Whether a connector and its tasks run, by Connect's own answer. */
final class ConnectorState {

  private static final String FAILED = "FAILED";
  private static final Set<String> ENDED_BY_HAND = Set.of("PAUSED", "STOPPED");

  private ConnectorState() {}

  /**
   * What is to be said of a connector that a person or a fault has ended; one that is about to
   * start is none.
   *
   * @param status {@code {"connector": {"state": …}, "tasks": [{"state": …}, …]}}; null where there
   *     is no such connector
   */
  static Optional<Difference> difference(String name, JsonNode status) {
    if (status == null) {
      return Optional.empty();
    }
    String thing = "connector " + name;
    String state = status.path("connector").path("state").asText();
    if (ENDED_BY_HAND.contains(state)) {
      return Optional.of(
          Difference.leftToAPerson(
              thing, "is %s; furnistream connectors resume %s starts it".formatted(state, name)));
    }
    return status.findValuesAsText("state").contains(FAILED)
        ? Optional.of(
            Difference.leftToAPerson(
                thing,
                "has a part that is %s: furnistream connectors status says why; correct that, then furnistream connectors restart %s"
                    .formatted(FAILED, name)))
        : Optional.empty();
  }
}
