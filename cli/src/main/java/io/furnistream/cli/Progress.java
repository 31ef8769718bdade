package io.furnistream.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells how far long work has come, on standard error: a bar on a terminal, a plain line every few
 * seconds elsewhere (a log, Airflow). Not thread-safe.
 */
public final class Progress implements AutoCloseable {

  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final String task;
  private final String unit;
  private final long total;
  private final PrintStream lines;
  private final ProgressBar bar;
  private long done;
  private long lastLine = System.nanoTime();

  private Progress(String task, String unit, long total, PrintStream out, boolean terminal) {
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.lines = out;
    this.bar = terminal ? bar(out) : null;
  }

  /**
   * Starts telling.
   *
   * @param task what is being done, such as "Generating"
   * @param unit what is counted, such as "records"
   * @param total how many there are to do
   */
  public static Progress start(String task, String unit, long total) {
    return new Progress(task, unit, total, System.err, onTerminal());
  }

  // JDK 17, the only one that the platform runs on, has no console when output is redirected.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    return System.console() != null;
  }

  static Progress lines(String task, String unit, long total, PrintStream out) {
    return new Progress(task, unit, total, out, false);
  }

  /** Says that {@code n} more are done. */
  public void advance(long n) {
    done += n;
    if (bar != null) {
      bar.stepBy(n);
    } else if (System.nanoTime() - lastLine >= LINE_EVERY.toNanos()) {
      printLine();
    }
  }

  /** Prints a line of its own, where there is no bar: the bar would be drawn again around it. */
  public void tell(String line) {
    if (bar == null) {
      lines.println(line);
      lines.flush();
    }
  }

  /** Ends the bar, or prints the last line. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    } else {
      printLine();
    }
  }

  private void printLine() {
    lastLine = System.nanoTime();
    lines.println(String.format(Locale.ROOT, "%s: %,d of %,d %s", task, done, total, unit));
    lines.flush();
  }

  private ProgressBar bar(PrintStream out) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUnit(" " + unit, 1)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }
}
