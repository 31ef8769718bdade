package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyAddress;
import io.furnistream.schemas.DailyAddressKey;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Who bought from each place on each day. Unlocated records are not on the map. */
final class DailyAddressAggregate implements Aggregate {

  private static final List<Measure> MEASURES = List.of();
  private static final List<Member> MEMBERS = List.of(Member.CUSTOMER);

  @Override
  public Topic topic() {
    return Topic.DAILY_ADDRESS;
  }

  @Override
  public int code() {
    return 3;
  }

  @Override
  public boolean covers(Sale sale) {
    return sale.place() != null;
  }

  @Override
  public void writeKey(Sale sale, ByteWriter key) {
    key.orderedInt(sale.place().latitude()).orderedInt(sale.place().longitude());
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
  public List<String> label(Sale sale) {
    return List.of(sale.city(), sale.state(), sale.country());
  }

  @Override
  public SpecificRecord key(int day, ByteReader key) {
    return new DailyAddressKey(
        LocalDate.ofEpochDay(day), degrees(key.orderedInt()), degrees(key.orderedInt()));
  }

  @Override
  public SpecificRecord row(Totals totals) {
    List<String> label = totals.label();
    return new DailyAddress(
        label.get(0), label.get(1), label.get(2), totals.distinct(Member.CUSTOMER));
  }

  private static BigDecimal degrees(int millionths) {
    return BigDecimal.valueOf(millionths, Sale.Place.SCALE);
  }
}
