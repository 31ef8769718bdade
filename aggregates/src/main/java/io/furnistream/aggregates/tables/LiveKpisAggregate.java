package io.furnistream.aggregates.tables;

import io.furnistream.schemas.LiveKpis;
import io.furnistream.schemas.LiveKpisKey;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The live figures of a day. */
final class LiveKpisAggregate implements Aggregate {

  private static final List<Measure> MEASURES = List.of(Measure.REVENUE);
  private static final List<Member> MEMBERS =
      List.of(Member.CUSTOMER, Member.PRODUCT, Member.ORDER);

  @Override
  public Topic topic() {
    return Topic.LIVE_KPIS;
  }

  @Override
  public int code() {
    return 8;
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
    return new LiveKpisKey(LocalDate.ofEpochDay(day));
  }

  @Override
  public SpecificRecord row(Totals totals) {
    long orders = totals.distinct(Member.ORDER);
    BigDecimal revenue = totals.money(Measure.REVENUE);
    return new LiveKpis(
        totals.records(),
        totals.distinct(Member.CUSTOMER),
        totals.distinct(Member.PRODUCT),
        orders,
        revenue,
        revenue.divide(BigDecimal.valueOf(orders), Money.SCALE, RoundingMode.HALF_UP));
  }
}
