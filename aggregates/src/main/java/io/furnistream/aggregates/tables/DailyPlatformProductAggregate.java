package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyPlatformProduct;
import io.furnistream.schemas.DailyPlatformProductKey;
import io.furnistream.schemas.Topic;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What each product sold on each platform on each day. */
final class DailyPlatformProductAggregate implements Aggregate {

  private static final List<Measure> MEASURES =
      List.of(Measure.QUANTITY, Measure.REVENUE, Measure.PROFIT);
  private static final List<Member> MEMBERS = List.of();

  @Override
  public Topic topic() {
    return Topic.DAILY_PLATFORM_PRODUCT;
  }

  @Override
  public int code() {
    return 4;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    key.text(sale.platform()).text(sale.productId());
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
    return new DailyPlatformProductKey(LocalDate.ofEpochDay(day), key.text(), key.text());
  }

  @Override
  public SpecificRecord row(Totals totals) {
    return new DailyPlatformProduct(
        totals.sum(Measure.QUANTITY), totals.money(Measure.REVENUE), totals.money(Measure.PROFIT));
  }
}
