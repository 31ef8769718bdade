package io.furnistream.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;

/** Distinguishes a registry that is down, or refuses us, from a faulty record. */
public final class RegistryOutage {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int LONGEST_CHAIN = 20;

  private RegistryOutage() {}

  /** Whether a failure, or one of its causes, has nothing to do with the record. */
  public static boolean causes(Throwable failure) {
    return hasCause(failure, RegistryOutage::isOutage);
  }

  /** Whether a failure, or one of its causes, is an error response of the registry. */
  public static boolean isAnswer(Throwable failure) {
    return hasCause(failure, RestClientException.class::isInstance);
  }

  /** The innermost message, in one line. */
  public static String summary(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause.getCause() != null && i < LONGEST_CHAIN; i++) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static boolean hasCause(Throwable failure, Predicate<Throwable> which) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
      if (which.test(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isOutage(Throwable cause) {
    // Only the kinds of IOException that a connection raises: Avro bytes that end too early are an
    // EOFException, and that is the record's own fault.
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException
        // What answers is a proxy's page, not a registry.
        || cause instanceof JsonProcessingException
        || cause instanceof RetriableException
        || cause instanceof ConfigException
        || (cause instanceof RestClientException answer && isOutage(answer.getStatus()));
  }

  /** The registry is out of order, or refuses us: every record would fail alike. */
  private static boolean isOutage(int status) {
    return status >= FIRST_SERVER_ERROR
        || status == UNAUTHORIZED
        || status == FORBIDDEN
        || status == REQUEST_TIMEOUT
        || status == TOO_MANY_REQUESTS;
  }
}
