package io.furnistream.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics that take the records which a reader could not use: one topic for each connector, and
 * one for the aggregates.
 */
public final class DeadLetterTopics {

  /** What the aggregates could not use. */
  public static final String AGGREGATES = of("aggregates");

  /** What could not land in Cassandra of the raw records. */
  public static final String RAW_RECORDS = of(Sink.CASSANDRA_RECORDS.connector());

  private static final int LARGEST_LETTER = 4 << 20;

  private DeadLetterTopics() {}

  /**
   * The topic of a reader.
   *
   * @param reader the name of the connector, or of the service
   */
  public static String of(String reader) {
    return "dead_letter_" + reader;
  }

  /**
   * A dead-letter topic as the admin client creates it under some settings. What lies there stays,
   * whatever its event time; a letter is what the record was and why it was refused, and may be
   * larger than the largest record.
   */
  public static NewTopic newTopic(String name, PlatformSettings settings) {
    Map<String, String> config = new HashMap<>(Topic.KEEP_EVERY_EVENT_TIME);
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_LETTER));
    config.put(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_LETTER));
    config.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        Integer.toString(settings.deadLetterMinInsyncReplicas()));
    return new NewTopic(name, 1, settings.deadLetterReplicationFactor()).configs(config);
  }
}
