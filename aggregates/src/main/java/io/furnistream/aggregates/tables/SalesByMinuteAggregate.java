package io.furnistream.aggregates.tables;

import io.furnistream.schemas.SalesByMinute;
import io.furnistream.schemas.SalesByMinuteKey;
import io.furnistream.schemas.Topic;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What was sold in each minute, by category and platform. */
final class SalesByMinuteAggregate implements Aggregate {

  private static final List<Measure> MEASURES =
      List.of(Measure.QUANTITY, Measure.REVENUE, Measure.PROFIT);
  private static final List<Member> MEMBERS = List.of(Member.ORDER);
  private static final int SECONDS = 60;
  private static final int MILLIS = 60_000;
  private static final int MINUTES_OF_DAY = 24 * 60;

  /** The day in UTC: a row is for a minute, whatever the store's day is then. */
  @Override
  public int day(Sale sale) {
    return Math.toIntExact(Math.floorDiv(minute(sale), MINUTES_OF_DAY));
  }

  private static long minute(Sale sale) {
    return Math.floorDiv(sale.time(), MILLIS);
  }

  @Override
  public Topic topic() {
    return Topic.SALES_BY_MINUTE;
  }

  @Override
  public int code() {
    return 5;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    key.number(minute(sale)).text(sale.category()).text(sale.platform());
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
    return new SalesByMinuteKey(
        Instant.ofEpochSecond(key.number() * SECONDS), key.text(), key.text());
  }

  @Override
  public SpecificRecord row(Totals totals) {
    return new SalesByMinute(
        totals.distinct(Member.ORDER),
        totals.sum(Measure.QUANTITY),
        totals.money(Measure.REVENUE),
        totals.money(Measure.PROFIT));
  }
}
