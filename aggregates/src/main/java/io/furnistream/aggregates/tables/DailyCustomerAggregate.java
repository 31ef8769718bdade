package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyCustomer;
import io.furnistream.schemas.DailyCustomerKey;
import io.furnistream.schemas.Topic;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What each customer bought on each day, by category and state: what a filter counts customers by.
 */
final class DailyCustomerAggregate implements Aggregate {

  private static final List<Measure> MEASURES =
      List.of(Measure.QUANTITY, Measure.REVENUE, Measure.PROFIT);
  private static final List<Member> MEMBERS = List.of(Member.ORDER);

  @Override
  public Topic topic() {
    return Topic.DAILY_CUSTOMER;
  }

  @Override
  public int code() {
    return 7;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    key.text(sale.customerId()).text(sale.category()).text(sale.state());
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
    return new DailyCustomerKey(LocalDate.ofEpochDay(day), key.text(), key.text(), key.text());
  }

  @Override
  public SpecificRecord row(Totals totals) {
    return new DailyCustomer(
        totals.distinct(Member.ORDER),
        totals.sum(Measure.QUANTITY),
        totals.money(Measure.REVENUE),
        totals.money(Measure.PROFIT));
  }
}
