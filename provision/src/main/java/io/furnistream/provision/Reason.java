package io.furnistream.provision;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import java.util.List;

/** What an error says, in a line. */
final class Reason {

  private static final int MAX_DEPTH = 10;

  private Reason() {}

  /** The driver's own message lists nodes and objects of its own. */
  private static Throwable ofANode(Throwable error) {
    return error instanceof AllNodesFailedException failed
        ? failed.getAllErrors().values().stream().flatMap(List::stream).findFirst().orElse(error)
        : error;
  }

  /** The innermost cause says what happened; those around it say only that something did. */
  static String of(Throwable error) {
    Throwable inner = ofANode(error);
    for (int depth = 0; depth < MAX_DEPTH && inner.getCause() != null; depth++) {
      inner = inner.getCause();
    }
    String text = inner.getMessage();
    return text == null || text.isBlank()
        ? inner.getClass().getSimpleName()
        : text.lines().findFirst().orElseThrow().strip();
  }
}
