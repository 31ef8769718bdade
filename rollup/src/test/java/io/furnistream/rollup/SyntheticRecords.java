package io.furnistream.rollup;

import io.furnistream.rollup.records.DayRecords;
import io.furnistream.rollup.records.RawRecord;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.RecordId;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Raw records that are made as they are read. Every record is of another customer and another
 * order, at one of 10,007 points, of one of 50,021 products: more of each than memory may hold.
 *
 * @param count how many, a multiple of 16
 * @param from number of the first: other numbers make other orders and customers
 */
record SyntheticRecords(long count, long from) implements DayRecords {

  private static final int PLACES = 10_007;
  private static final int PRODUCTS = 50_021;

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    Instant start = Instant.parse(day + "T05:00:00Z");
    long inBucket = count / RecordId.BUCKETS;
    for (int bucket = 0; bucket < RecordId.BUCKETS; bucket++) {
      for (long i = 0; i < inBucket; i++) {
        long n = from + bucket * inBucket + i;
        UUID id = new UUID(0x4000, (i << 4) + bucket);
        reader.take(new RawRecord(bucket, id, sale(day, start.plusMillis(n), n, id)));
      }
    }
  }

  private static DailyRecord sale(LocalDate day, Instant ts, long n, UUID id) {
    return new DailyRecord(
        id.toString(),
        ts,
        day,
        "order-" + n,
        1,
        "customer-" + n,
        "Zoë Müller " + n % 1000,
        "Consumer",
        "Germany",
        "Berlin",
        "Berlin " + n % PLACES,
        BigDecimal.valueOf(n % PLACES, 6),
        BigDecimal.valueOf(-n % PLACES, 6),
        "Store",
        "Cash",
        "Furniture",
        "Chairs",
        "P-" + n % PRODUCTS,
        "Oak chair no. " + n % PRODUCTS,
        new BigDecimal("10.0000"),
        new BigDecimal("7.5000"),
        2,
        new BigDecimal("0.0000"),
        new BigDecimal("20.0000"),
        new BigDecimal("5.0001"));
  }
}
