package io.furnistream.datagen.faults;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Messages that are sent some records later. A record has at most two of them, and none waits for
 * more than {@link #LATEST} records: that bounds what waits. Not thread-safe.
 */
final class FollowUps {

  /** So many records later, at most, one is sent. */
  static final int LATEST = 1_000;

  private record Due(long position, long number, Message message) {}

  private final Queue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Due::position).thenComparing(Due::number));
  private final Consumer<Message> sender;
  private long position;
  private long number;

  FollowUps(Consumer<Message> sender) {
    this.sender = sender;
  }

  /**
   * Has a message wait.
   *
   * @param records how many are sent before it, 1 to {@link #LATEST}; of two with the same number
   *     the first comes first
   */
  void add(int records, Message message) {
    waiting.add(new Due(position + records, number++, message));
  }

  /** Notes that a record was sent, and sends what is due after it. */
  void advance() {
    position++;
    while (!waiting.isEmpty() && waiting.peek().position() <= position) {
      sender.accept(waiting.remove().message());
    }
  }

  /** Sends all that waits. */
  void end() {
    while (!waiting.isEmpty()) {
      sender.accept(waiting.remove().message());
    }
  }
}
