package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.Topic;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The totals of each day. */
final class DailyPuRevAggregate implements Aggregate {

  private static final List<Measure> MEASURES =
      List.of(Measure.QUANTITY, Measure.REVENUE, Measure.PROFIT);
  private static final List<Member> MEMBERS = List.of(Member.CUSTOMER, Member.ORDER);

  @Override
  public Topic topic() {
    return Topic.DAILY_PU_REV;
  }

  @Override
  public int code() {
    return 1;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    // The day is all there is.
  }

  @Override
  public List<Measure> measures() {
    return MEASURES;
  }

  @Override
  public List<Member> members() {
    return MEMBERS;
  }

  @Override
  public SpecificRecord key(int day, ByteReader key) {
    return new DailyPuRevKey(LocalDate.ofEpochDay(day));
  }

  @Override
  public SpecificRecord row(Totals totals) {
    return new DailyPuRev(
        totals.records(),
        totals.distinct(Member.CUSTOMER),
        totals.distinct(Member.ORDER),
        totals.sum(Measure.QUANTITY),
        totals.money(Measure.REVENUE),
        totals.money(Measure.PROFIT));
  }
}
