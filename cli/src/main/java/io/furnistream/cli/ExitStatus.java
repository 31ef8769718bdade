package io.furnistream.cli;

/** Exit statuses of every command. */
public final class ExitStatus {

  /** It did what was asked. */
  public static final int DONE = 0;

  /** It ran, and the answer is no. */
  public static final int ANSWER_IS_NO = 1;

  /** Wrong usage, or something that it needs is missing. */
  public static final int CANNOT_RUN = 2;

  private ExitStatus() {}
}
