package io.furnistream.connectors.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells a registry that is away, or refuses us, from a record that is at fault. */
final class RegistryOutage {

  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int LONGEST_CHAIN = 20;

  private RegistryOutage() {}

  /** Whether the conversion failed for a reason that has nothing to do with the record. */
  static boolean causes(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
      if (isOutage(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Whether the registry answered that it knows no such schema. */
  static boolean isUnknownSchema(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
      if (cause instanceof RestClientException answer && answer.getStatus() == NOT_FOUND) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** The innermost message, in one line. */
  static String summary(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause.getCause() != null && i < LONGEST_CHAIN; i++) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
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
        || cause instanceof org.apache.kafka.connect.errors.RetriableException
        // The registry refuses us (401, 403): every record would fail alike.
        || cause instanceof ConfigException
        || (cause instanceof RestClientException answer && isOutage(answer.getStatus()));
  }

  private static boolean isOutage(int status) {
    return status >= FIRST_SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
  }
}
