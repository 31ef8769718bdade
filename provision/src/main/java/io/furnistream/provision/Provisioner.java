package io.furnistream.provision;

import com.datastax.oss.driver.api.core.DriverException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.Backoff;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.flywaydb.core.api.FlywayException;

/** Compares systems with what they must hold, and makes them agree. */
final class Provisioner {

  /** A thing that was missing shows what it lacks once it is there: a database, its tables. */
  private static final int MOST_ROUNDS = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Errors of a system: no fault of ours, so they need no trace, and what is silent may answer. */
  private static final List<Class<? extends Exception>> OF_A_SYSTEM =
      List.of(
          IOException.class,
          SQLException.class,
          RestClientException.class,
          ExecutionException.class,
          TimeoutException.class,
          KafkaException.class,
          DriverException.class,
          FlywayException.class);

  private final List<Part> parts;
  private final Consumer<String> progress;

  /**
   * A provisioner of some systems.
   *
   * @param parts in the order in which they are provisioned
   * @param progress receives a line for what is waited for
   */
  Provisioner(List<Part> parts, Consumer<String> progress) {
    this.parts = parts;
    this.progress = progress;
  }

  /** What was done to a thing of a part. */
  record Change(Part part, String thing, String did) {}

  /** How a thing of a part differs. */
  record Found(Part part, Difference difference) {}

  /**
   * Waits until all of them answer.
   *
   * @throws CannotRunException when one does not within the limit, or never will; the message says
   *     why
   */
  void await(Duration limit) throws Exception {
    Deadline deadline = Deadline.in(limit);
    for (Part part : parts) {
      await(part, deadline, limit);
    }
  }

  private void await(Part part, Deadline deadline, Duration limit) throws Exception {
    Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    String said = null;
    while (true) {
      try {
        part.answers();
        return;
      } catch (Exception e) {
        if (!isOfASystem(e)) {
          throw e;
        }
        String reason = Reason.of(e);
        if (deadline.hasPassed()) {
          throw new CannotRunException(
              "%s does not answer, after %d s of waiting: %s. Start it, set its address right, or leave it out with --only."
                  .formatted(part.place(), limit.toSeconds(), reason),
              e);
        }
        if (!reason.equals(said)) {
          progress.accept("Waiting for %s (%s).".formatted(part.place(), reason));
          said = reason;
        }
        TimeUnit.MILLISECONDS.sleep(pauses.next().toMillis());
      }
    }
  }

  /** Compares all of them; changes nothing. */
  List<Found> compare() throws Exception {
    List<Found> found = new ArrayList<>();
    for (Part part : parts) {
      found.addAll(found(part));
    }
    return found;
  }

  private static List<Found> found(Part part) throws Exception {
    return differences(part).stream().map(difference -> new Found(part, difference)).toList();
  }

  /**
   * Makes them agree, unless something must not be changed: then nothing is.
   *
   * @param changed receives each change when it is made
   * @return what is left to a person, and kept nothing from being provisioned
   * @throws RefusedException when something must not be changed
   * @throws CannotRunException when something did not change
   */
  List<Found> apply(Consumer<Change> changed) throws Exception {
    refuse(compare(), "\nNothing was changed.");
    List<Found> left = new ArrayList<>();
    for (Part part : parts) {
      left.addAll(apply(part, changed));
    }
    return left;
  }

  private static List<Found> apply(Part part, Consumer<Change> changed) throws Exception {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Found> found = found(part);
      refuse(found, "");
      List<Difference> differences =
          found.stream().map(Found::difference).filter(each -> !each.isForAPerson()).toList();
      if (differences.isEmpty()) {
        return found;
      }
      for (Difference difference : differences) {
        String did = asking(part, () -> difference.mend().apply());
        changed.accept(new Change(part, difference.thing(), did));
      }
    }
    throw new CannotRunException(
        "%s still differs after it was changed %d times; is somebody else changing it? %s"
            .formatted(part.place(), MOST_ROUNDS, differences(part)));
  }

  private static List<Difference> differences(Part part) throws Exception {
    return asking(part, part::differences);
  }

  private static boolean isOfASystem(Exception error) {
    return OF_A_SYSTEM.stream().anyMatch(each -> each.isInstance(error));
  }

  private static <T> T asking(Part part, Callable<T> request) throws Exception {
    try {
      return request.call();
    } catch (Exception e) {
      if (!isOfASystem(e)) {
        throw e;
      }
      throw new CannotRunException(
          "%s answered with an error: %s. What was changed before it stays so; correct what it names, and provision again."
              .formatted(part.place(), Reason.of(e)),
          e);
    }
  }

  private static void refuse(List<Found> found, String end) {
    String refused =
        found.stream()
            .map(Found::difference)
            .filter(Difference::blocks)
            .map(Difference::toString)
            .collect(Collectors.joining("\n"));
    if (!refused.isEmpty()) {
      throw new RefusedException(refused + end, found);
    }
  }
}
