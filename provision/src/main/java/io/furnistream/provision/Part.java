package io.furnistream.provision;

import java.util.List;

/** One system that is provisioned: what it must hold, and what it holds. */
interface Part extends AutoCloseable {

  /** Its name on the command line, such as {@code kafka}. */
  String name();

  /** What it is and where, for messages about waiting, such as {@code Kafka at host:9092}. */
  String place();

  /**
   * Asks whether it serves.
   *
   * @throws io.furnistream.cli.CannotRunException when it never will, asked like this: the message
   *     names what to set right
   * @throws Exception as long as it does not; the message says why
   */
  void answers() throws Exception;

  /**
   * Compares, and changes nothing. What a missing thing would hold is not said: once it is there,
   * that shows.
   */
  List<Difference> differences() throws Exception;

  /** Ends what it keeps open. */
  @Override
  default void close() {}
}
