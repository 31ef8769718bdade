package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the answers of Connect mean that a person or a fault has ended a connector. */
class ConnectorStateTest {

  private static Optional<Difference> difference(String connector, String task)
      throws JsonProcessingException {
    return ConnectorState.difference(
        "sink",
        new ObjectMapper()
            .readTree(
                """
                {"name": "sink", "type": "sink",
                 "connector": {"state": "%s", "worker_id": "127.0.0.1:8083"},
                 "tasks": [{"id": 0, "state": "RUNNING", "worker_id": "127.0.0.1:8083"},
                           {"id": 1, "state": "%s", "worker_id": "127.0.0.1:8083"}]}
                """
                    .formatted(connector, task)));
  }

  @ParameterizedTest
  @CsvSource({
    "PAUSED, PAUSED, is PAUSED, connectors resume sink",
    "STOPPED, RUNNING, is STOPPED, connectors resume sink",
    "FAILED, RUNNING, FAILED, connectors restart sink",
    "RUNNING, FAILED, FAILED, connectors restart sink"
  })
  void whatHasEndedIsLeftToAPerson(String connector, String task, String says, String cure)
      throws JsonProcessingException {
    Difference difference = difference(connector, task).orElseThrow();

    assertThat(difference.toString()).startsWith("connector sink ").contains(says, cure);
    assertThat(difference.isForAPerson()).isTrue();
    assertThat(difference.blocks()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"RUNNING, RUNNING", "UNASSIGNED, RUNNING", "RUNNING, RESTARTING"})
  void whatRunsOrIsAboutToIsNone(String connector, String task) throws JsonProcessingException {
    assertThat(difference(connector, task)).isEmpty();
  }

  @Test
  void oneThatWasMadeAMomentAgoHasNoStateYet() {
    assertThat(ConnectorState.difference("sink", null)).isEmpty();
  }
}
