package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.aggregates.testing.RandomHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reset of two instances, as on two machines: neither sees the other's folder. */
class ResetIT extends OnBroker {

  @Test
  void aResetLeavesNoInstanceItsState() throws Exception {
    RandomHistory history = new RandomHistory(7, 500, 2, 40);
    int first = freePort();
    int second = freePort();
    Process one = startProcess("one", first);
    Process other = startProcess("other", second);
    awaitBoth(first, second);
    send(history, 2_000);
    awaitTables(history);
    stop(one);
    stop(other);

    // One that is only restarted keeps its state.
    Path oneHas = file("one");
    Path otherHas = file("other");
    one = startProcess("one", first);
    other = startProcess("other", second);
    awaitBoth(first, second);
    send(history, 500);
    awaitTables(history);
    assertThat(oneHas).exists();
    assertThat(otherHas).exists();

    stop(one);
    stop(other);
    await("the group is deleted")
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(OnBroker::groupIsGone);
    // One starts over, and is slow to go on: the other finds that the group has run, and begins.
    Rebuild rebuild =
        new Rebuild(broker.clients(), folder.resolve("one"), AggregatesTopology.OUTPUTS);
    assertThat(rebuild.await(SOON, new CountDownLatch(1))).isTrue();
    startProcess("other", second);
    awaitHealth(second);
    startProcess("one", first);
    awaitBoth(first, second);
    send(history, 500);
    awaitTables(history);
    assertThat(oneHas).doesNotExist();
    assertThat(otherHas).doesNotExist();
  }

  private void awaitBoth(int first, int second) {
    awaitHealth(first);
    awaitHealth(second);
    await("both share the work").atMost(SOON).until(() -> broker.instances() == 2);
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as("SIGTERM ends it").isTrue();
  }

  /** A file that is there for as long as the folder of the instance's state is not deleted. */
  private Path file(String stateFolder) throws Exception {
    return Files.createFile(
        folder.resolve(stateFolder).resolve(StreamsProperties.APPLICATION_ID).resolve("kept"));
  }
}
