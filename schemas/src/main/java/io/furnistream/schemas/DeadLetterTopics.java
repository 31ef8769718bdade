package io.furnistream.schemas;

/**
 * The names of the topics that take the records which a reader could not use: one topic for each
 * connector, and one for the aggregates.
 */
public final class DeadLetterTopics {

  /** What the aggregates could not use. */
  public static final String AGGREGATES = of("aggregates");

  /** What could not land in Cassandra of the raw records. */
  public static final String RAW_RECORDS = of(Sink.CASSANDRA_RECORDS.connector());

  private DeadLetterTopics() {}

  /**
   * The topic of a reader.
   *
   * @param reader the name of the connector, or of the service
   */
  public static String of(String reader) {
    return "dead_letter_" + reader;
  }
}
