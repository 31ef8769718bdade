package io.furnistream.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Whether work that goes on until it is stopped was asked to stop. It looks at this between two
 * steps, and waits on it.
 */
public final class StopSignal {

  /** How long a process that was asked to end waits for its command, before it ends anyway. */
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);

  /** The status of a command that ended in an unhandled error, as of a JVM. */
  private static final int FAILED = 1;

  private static volatile StopSignal ofProcess;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int status;

  /**
   * The signal that SIGTERM, SIGINT and Ctrl-C give to this process. It then ends by {@link
   * #exitWith}, with the status of the command, for which 30 s are left; a JVM alone would end with
   * 143 or 130 whatever the work came to.
   */
  public static synchronized StopSignal ofProcess() {
    if (ofProcess == null) {
      StopSignal signal = new StopSignal();
      Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndAwait, "stop"));
      ofProcess = signal;
    }
    return ofProcess;
  }

  /**
   * Runs a command and ends the process with its status: what a {@code main} does.
   *
   * @param command returns the status
   */
  public static void exitWith(IntSupplier command) {
    int status = FAILED;
    try {
      status = command.getAsInt();
    } finally {
      StopSignal signal = ofProcess;
      if (signal != null) {
        signal.status = status;
        signal.ended.countDown();
      }
    }
    System.exit(status);
  }

  /** Asks the work to stop. */
  public void request() {
    requested.countDown();
  }

  /** Whether it was asked. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until it is asked, at most so long; says whether it was. An interrupt asks, too. */
  public boolean await(Duration atMost) {
    try {
      return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      request();
      return true;
    }
  }

  private void stopAndAwait() {
    request();
    try {
      if (ended.await(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        // Only this gives a process that is ending already another status.
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
