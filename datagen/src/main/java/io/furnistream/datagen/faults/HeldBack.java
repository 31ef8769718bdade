package io.furnistream.datagen.faults;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Late records, which are sent after the others of their day or of the next one. When too many
 * wait, those that have waited longest are sent earlier. Not thread-safe.
 */
final class HeldBack {

  /** So many wait for the end of a day, at most. */
  static final int MOST = 10_000;

  private final Consumer<Message> sender;
  private final Deque<Message> untilTheDayEnds = new ArrayDeque<>();
  private final Deque<Message> untilTheNextEnds = new ArrayDeque<>();
  private final Deque<Message> ofTheDayBefore = new ArrayDeque<>();

  HeldBack(Consumer<Message> sender) {
    this.sender = sender;
  }

  /** Holds a record of the day back until the day ends. */
  void untilTheDayEnds(Message message) {
    hold(untilTheDayEnds, message);
  }

  /** Holds a record of the day back until the day after it ends. */
  void untilTheNextEnds(Message message) {
    hold(untilTheNextEnds, message);
  }

  /** Ends a day: what has waited for that is sent. */
  void endDay() {
    send(untilTheDayEnds);
    send(ofTheDayBefore);
    ofTheDayBefore.addAll(untilTheNextEnds);
    untilTheNextEnds.clear();
  }

  /** Sends all that waits still. */
  void end() {
    endDay();
    send(ofTheDayBefore);
  }

  /** Whether any waits. */
  boolean isHolding() {
    return !(untilTheDayEnds.isEmpty() && untilTheNextEnds.isEmpty() && ofTheDayBefore.isEmpty());
  }

  private void hold(Deque<Message> waiting, Message message) {
    if (waiting.size() == MOST) {
      sender.accept(waiting.remove());
    }
    waiting.add(message);
  }

  private void send(Deque<Message> waiting) {
    while (!waiting.isEmpty()) {
      sender.accept(waiting.remove());
    }
  }
}
