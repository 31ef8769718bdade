package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What happens to a service while verify runs is no difference between stores: verify waits for it.
 */
@OnCoreStack
class VerifyAmidFaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FROZEN = Duration.ofSeconds(4);
  private static final String DAY = "2024-06-20";

  private final CoreStack stack;

  VerifyAmidFaultsIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void aServiceThatStandsStillAndIsKilledMakesNoDifference() throws Exception {
    for (String service :
        List.of("aggregates", "connect", "registry", "kafka", "cassandra", "postgres")) {
      CommandProcess.Running verify = verifyWhatIsOnItsWay();
      stack.freeze(service, FROZEN);
      stack.crash(service);
      assertProved(service, verify.await());
    }
    stack.closeDays(DAY, DAY);
    stack.verified();
  }

  /** Starts to verify records that have just been produced, and returns when it is about it. */
  private CommandProcess.Running verifyWhatIsOnItsWay() throws Exception {
    stack.succeed("generate", "--from", DAY, "--to", DAY, "--records", "500", "--seed", "3");
    CommandProcess.Running verify = stack.startVerify("--json");
    await("verify has begun to read")
        .atMost(RunningStack.LIMIT)
        .until(() -> Files.readString(verify.err()).contains("Reading"));
    return verify;
  }

  private static void assertProved(String service, CommandProcess.Result result) throws Exception {
    assertThat(result.status()).as(service + ": " + result.out() + result.err()).isZero();
    assertThat(JSON.readTree(result.out()).path("ok").asBoolean()).as(service).isTrue();
  }
}
