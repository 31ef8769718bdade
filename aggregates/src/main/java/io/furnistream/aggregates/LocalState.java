package io.furnistream.aggregates;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.AvroClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which this instance keeps the application's state. A file in it names the
 * changelogs whose state it is, by their topic ids: a {@link Rebuild}, which only one instance
 * makes, deletes the changelogs, and Streams creates others. State of the deleted ones remembers
 * records that are to be counted again, and Streams itself does not notice.
 */
final class LocalState {

  private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);
  private static final int ANSWER_SECONDS = 30;

  private static final Pattern CHANGELOG =
      Pattern.compile(Pattern.quote(StreamsProperties.APPLICATION_ID) + "-.+-changelog");

  private final AvroClients clients;
  private final Path folder;
  private final Path mark;

  /**
   * The application's state below a folder.
   *
   * @param stateDirectory where the state of each application id has a folder
   */
  LocalState(AvroClients clients, Path stateDirectory) {
    this.clients = clients;
    folder = stateDirectory.resolve(StreamsProperties.APPLICATION_ID);
    mark = folder.resolve("changelogs");
  }

  /**
   * Deletes the folder unless it is marked as the state of the changelogs that there are now. To be
   * called before Streams opens it. One that is deleted without need costs a restore, no more.
   *
   * @throws CannotRunException when it cannot be deleted: what it remembers must not be used
   * @throws ExecutionException when Kafka refuses to name the changelogs
   * @throws TimeoutException when Kafka does not answer within {@value #ANSWER_SECONDS} s
   */
  void discardUnlessCurrent() throws ExecutionException, InterruptedException, TimeoutException {
    if (Files.notExists(folder)) {
      return;
    }
    List<String> changelogs = changelogs();
    try {
      if (changelogs.isEmpty() || !changelogs.equals(marked())) {
        LOG.info("{} is not the state of the changelogs that there are now: deleting it", folder);
        Utils.delete(folder.toFile());
      }
    } catch (IOException e) {
      throw new CannotRunException(
          "%s is of a run before a reset and cannot be deleted (%s): delete it, then start again"
              .formatted(folder, e),
          e);
    }
  }

  /**
   * Marks the folder as the state of the changelogs that there are now. To be called while Streams
   * runs on them. Where that fails, the next start restores the state from Kafka.
   */
  void mark() {
    try {
      Files.write(mark, changelogs());
    } catch (IOException | ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn("{} is not marked, the next start restores it: {}", folder, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> marked() throws IOException {
    try {
      return Files.readAllLines(mark);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Each with its id, in the order of their names. */
  private List<String> changelogs()
      throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = Admin.create(clients.kafka())) {
      return admin.listTopics().listings().get(ANSWER_SECONDS, TimeUnit.SECONDS).stream()
          .filter(topic -> CHANGELOG.matcher(topic.name()).matches())
          .map(topic -> topic.name() + " " + topic.topicId())
          .sorted()
          .toList();
    }
  }
}
