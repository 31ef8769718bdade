package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyState;
import io.furnistream.schemas.DailyStateKey;
import io.furnistream.schemas.Topic;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The totals of each state or region on each day. */
final class DailyStateAggregate implements Aggregate {

  private static final List<Measure> MEASURES = List.of(Measure.REVENUE, Measure.PROFIT);
  private static final List<Member> MEMBERS = List.of(Member.CUSTOMER, Member.ORDER);

  @Override
  public Topic topic() {
    return Topic.DAILY_STATE;
  }

  @Override
  public int code() {
    return 6;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    key.text(sale.country()).text(sale.state());
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
    return new DailyStateKey(LocalDate.ofEpochDay(day), key.text(), key.text());
  }

  @Override
  public SpecificRecord row(Totals totals) {
    return new DailyState(
        totals.distinct(Member.CUSTOMER),
        totals.distinct(Member.ORDER),
        totals.money(Measure.REVENUE),
        totals.money(Measure.PROFIT));
  }
}
