package io.furnistream.aggregates.faults;

import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Says that data cannot be processed, no matter how often it is retried. A stage throws it before
 * it has changed or sent anything, so that its input can be dead-lettered and skipped. Any other
 * exception is a fault of the infrastructure or of the state, and stops the thread.
 */
public final class DataFaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private DataFaultException(RuntimeException cause) {
    super(cause);
  }

  /**
   * Runs something that depends only on the data: it reads no store and sends nothing.
   *
   * @throws DataFaultException when it fails; Kafka's own exceptions, among them that the registry
   *     does not answer, are passed on
   */
  public static <T> T guard(Supplier<T> work) {
    try {
      return work.get();
    } catch (SerializationException e) {
      throw new DataFaultException(e);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataFaultException(e);
    }
  }

  /** What was wrong. */
  public RuntimeException reason() {
    return (RuntimeException) getCause();
  }
}
