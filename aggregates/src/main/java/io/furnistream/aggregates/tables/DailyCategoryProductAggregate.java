package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyCategoryProduct;
import io.furnistream.schemas.DailyCategoryProductKey;
import io.furnistream.schemas.Topic;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What each product sold on each day. */
final class DailyCategoryProductAggregate implements Aggregate {

  private static final List<Measure> MEASURES =
      List.of(Measure.QUANTITY, Measure.REVENUE, Measure.PROFIT);
  private static final List<Member> MEMBERS = List.of();

  @Override
  public Topic topic() {
    return Topic.DAILY_CATEGORY_PRODUCT;
  }

  @Override
  public int code() {
    return 2;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    key.text(sale.category()).text(sale.subCategory()).text(sale.productName());
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
    return new DailyCategoryProductKey(
        LocalDate.ofEpochDay(day), key.text(), key.text(), key.text());
  }

  @Override
  public SpecificRecord row(Totals totals) {
    return new DailyCategoryProduct(
        totals.sum(Measure.QUANTITY), totals.money(Measure.REVENUE), totals.money(Measure.PROFIT));
  }
}
