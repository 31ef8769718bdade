package io.furnistream.datagen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order in which what waits is sent. Messages are told apart by their partition. */
class WaitingTest {

  private final List<Integer> sent = new ArrayList<>();

  @Test
  void aFollowUpComesAfterAsManyRecordsAsItSays() {
    FollowUps followUps = new FollowUps(this::take);
    followUps.add(2, message(20));
    followUps.add(1, message(10));
    followUps.add(2, message(21));
    followUps.add(3, message(30));

    followUps.advance();
    assertThat(sent).containsExactly(10);
    followUps.advance();
    assertThat(sent).containsExactly(10, 20, 21);
    followUps.end();
    assertThat(sent).containsExactly(10, 20, 21, 30);
    followUps.end();
    assertThat(sent).hasSize(4);
  }

  @Test
  void aLateRecordWaitsForTheEndOfItsDayOrOfTheNext() {
    HeldBack heldBack = new HeldBack(this::take);
    heldBack.untilTheNextEnds(message(12));
    heldBack.untilTheDayEnds(message(11));
    assertThat(sent).isEmpty();
    heldBack.endDay();
    assertThat(sent).containsExactly(11);
    assertThat(heldBack.isHolding()).isTrue();

    heldBack.untilTheDayEnds(message(21));
    heldBack.untilTheNextEnds(message(22));
    heldBack.endDay();
    assertThat(sent).containsExactly(11, 21, 12);

    heldBack.end();
    assertThat(sent).containsExactly(11, 21, 12, 22);
    assertThat(heldBack.isHolding()).isFalse();
  }

  @Test
  void noMoreThanTenThousandWaitForTheSameEnd() {
    HeldBack heldBack = new HeldBack(this::take);
    IntStream.range(0, 10_003).forEach(number -> heldBack.untilTheNextEnds(message(number)));
    assertThat(sent).containsExactly(0, 1, 2);

    heldBack.end();
    assertThat(sent).hasSize(10_003).isSorted();
  }

  private void take(Message message) {
    sent.add(message.partition());
  }

  private static Message message(int number) {
    return new Message(number, Instant.EPOCH, null, null);
  }
}
