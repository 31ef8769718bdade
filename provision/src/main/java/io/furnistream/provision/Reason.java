package io.furnistream.provision;

/** What an error says, in a line. */
final class Reason {

  private static final int MAX_DEPTH = 10;

  private Reason() {}

  /** The innermost cause says what happened; those around it say only that something did. */
  static String of(Throwable error) {
    Throwable inner = error;
    for (int depth = 0; depth < MAX_DEPTH && inner.getCause() != null; depth++) {
      inner = inner.getCause();
    }
    String text = inner.getMessage();
    return text == null || text.isBlank()
        ? inner.getClass().getSimpleName()
        : text.lines().findFirst().orElseThrow().strip();
  }
}
