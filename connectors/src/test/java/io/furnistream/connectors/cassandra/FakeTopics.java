package io.furnistream.connectors.cassandra;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.RetriableException;

/** Topics as a test defines them; the real ones are used in the end-to-end tests. */
final class FakeTopics implements TopicDirectory {

  private final Map<String, Uuid> ids = new ConcurrentHashMap<>();
  private final Map<String, Long> endOffsets = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> cuts = new ConcurrentHashMap<>();
  private boolean silent;
  private int answersBefore;
  private Runnable event;

  /** Deletes the topic if there is one, and makes it again. */
  void make(String topic, long largestEndOffset) {
    ids.put(topic, Uuid.randomUuid());
    endOffsets.put(topic, largestEndOffset);
  }

  /** Lets a partition end here from now on, as after an unclean leader election. */
  void cut(TopicPartition partition, long end) {
    cuts.put(partition, end);
  }

  /** Lets Kafka answer or not. */
  void silent(boolean value) {
    silent = value;
  }

  /**
   * Lets something happen once, when Kafka is asked after it has answered so many more questions.
   */
  void when(int answers, Runnable happens) {
    answersBefore = answers;
    event = happens;
  }

  /** Leaves one question without an answer, after so many more that have one. */
  void silentOnce(int answers) {
    when(
        answers,
        () -> {
          throw silence();
        });
  }

  /** The same topics, remembered as they are now: a broker that has not heard the latest. */
  FakeTopics stale() {
    FakeTopics copy = new FakeTopics();
    copy.ids.putAll(ids);
    copy.endOffsets.putAll(endOffsets);
    return copy;
  }

  @Override
  public Map<String, Uuid> ids(Set<String> topics) {
    asked();
    if (!ids.keySet().containsAll(topics)) {
      throw new RetriableException("Kafka does not return the ids of " + topics);
    }
    return topics.stream().collect(Collectors.toMap(Function.identity(), ids::get));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(String topic) {
    asked();
    return Map.of(new TopicPartition(topic, 0), endOffsets.get(topic));
  }

  /** Beyond everything that a test writes, unless the partition was cut. */
  @Override
  public Map<TopicPartition, Long> endOffsets(Set<TopicPartition> partitions) {
    asked();
    return partitions.stream()
        .collect(Collectors.toMap(Function.identity(), p -> cuts.getOrDefault(p, Long.MAX_VALUE)));
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Set<TopicPartition> partitions) {
    asked();
    return partitions.stream().collect(Collectors.toMap(Function.identity(), p -> 0L));
  }

  private void asked() {
    if (silent) {
      throw silence();
    }
    if (event != null && answersBefore-- == 0) {
      Runnable now = event;
      event = null;
      now.run();
    }
  }

  private static RetriableException silence() {
    return new RetriableException("Kafka does not answer");
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
