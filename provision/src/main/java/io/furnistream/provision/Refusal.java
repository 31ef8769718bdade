package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import java.security.cert.CertificateException;
import java.util.Set;

/** Errors of a system that answers, and will answer the same after any wait. */
final class Refusal {

  private static final Set<Integer> STATUSES = Set.of(401, 403);
  private static final int MAX_DEPTH = 10;

  private Refusal() {}

  /** Whether a status of HTTP says so. */
  static boolean is(int status) {
    return STATUSES.contains(status);
  }

  /** Whether the system's certificate is not trusted. */
  static boolean isMistrust(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; depth < MAX_DEPTH && cause != null; depth++) {
      if (cause instanceof CertificateException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * The error that ends a wait.
   *
   * @param place what it is and where
   * @param properties which ones to set right, such as {@code sasl.*}
   */
  static CannotRunException of(String place, Throwable error, String properties) {
    return new CannotRunException(
        "%s cannot be asked like this: %s. Set %s right in the file of client properties that %s names."
            .formatted(place, Reason.of(error), properties, ClientProperties.VARIABLE),
        error);
  }
}
