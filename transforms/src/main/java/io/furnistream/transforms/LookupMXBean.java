package io.furnistream.transforms;

/**
 * What a {@link Lookup} shows in JMX, as {@code io.furnistream.transforms:type=Lookup,table=…}.
 *
 * <p>Not through Connect's metrics for plugins: a worker older than Kafka 4.1 has none, and would
 * not load a transform that names them.
 */
public interface LookupMXBean {

  /** Records without a row since the task began. */
  long getMisses();

  /**
   * What the last of them was looked up by, such as {@code state=Texsa}; empty before the first.
   */
  String getLastMiss();
}
