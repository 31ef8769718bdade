package io.furnistream.aggregates.testing;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * A random sequence of messages as any client may send them: sound records, duplicates, corrections
 * and tombstones over few keys, and among them fields from the extremes of their Avro types, bytes
 * that are cut, changed, or no Avro. They are encoded field by field, without the contract's
 * classes, and what is sound is said here by hand. The same seed gives the same sequence.
 */
public final class HostileRecords {

  /**
   * One message.
   *
   * @param sound whether it counts
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Message(byte[] key, byte[] value, boolean sound) {}

  /**
   * A sound record or tombstone where it does not belong, which counts for nothing.
   *
   * @param partition the one in which it lies, from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Elsewhere(int partition, byte[] key, byte[] value) {}

  private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 2);
  private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);
  private static final BigDecimal LARGEST = new BigDecimal("99999999999999.9999");
  private static final int IDS = 150;
  private static final int PARTITIONS = 6;
  private static final List<LocalDate> DAYS = List.of(FIRST_DAY, Sales.DAY, LAST_DAY);

  private final Random random;
  private final byte[] keyHeader;
  private final byte[] valueHeader;
  private final Map<DailyRecordKey, DailyRecord> table = new HashMap<>();
  private final Map<DailyRecordKey, byte[]> sent = new HashMap<>();

  /**
   * A sequence.
   *
   * @param keyHeader what the bytes of every key begin with: the schema's id
   * @param valueHeader the same of values
   */
  public HostileRecords(long seed, byte[] keyHeader, byte[] valueHeader) {
    this.random = new Random(seed);
    this.keyHeader = keyHeader;
    this.valueHeader = valueHeader;
  }

  /** The records that count after every message so far. */
  public Collection<DailyRecord> records() {
    return table.values();
  }

  public Message next() {
    // Few of the last day: each of them moves the hundred rows of recent_records.
    LocalDate day = random.nextInt(20) == 0 ? LAST_DAY : any(DAYS.subList(0, 2));
    DailyRecordKey key = Sales.key(day, random.nextInt(IDS));
    Map<String, Object> keyFields = fields(key);
    Map<String, Object> fields = sale(key);
    boolean keyIsHostile = random.nextInt(20) == 0;
    if (keyIsHostile) {
      makeExtreme(keyFields, DailyRecordKey.getClassSchema());
    } else if (random.nextInt(3) != 0) {
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        makeExtreme(fields, DailyRecord.getClassSchema());
      }
    }
    byte[] keyBytes = encode(keyHeader, keyFields, DailyRecordKey.getClassSchema());
    byte[] valueBytes = encode(valueHeader, fields, DailyRecord.getClassSchema());
    DailyRecordKey readKey = readKey(keyFields);

    switch (random.nextInt(20)) {
      case 0 -> {
        return new Message(junk(keyBytes), valueBytes, false);
      }
      case 1 -> {
        return new Message(keyBytes, junk(valueBytes), false);
      }
      case 2, 3, 4 -> {
        if (readKey != null) {
          table.remove(readKey);
          sent.remove(readKey);
        }
        return new Message(keyBytes, null, readKey != null);
      }
      case 5, 6 -> {
        byte[] again = readKey == null ? null : sent.get(readKey);
        return again == null
            ? new Message(null, valueBytes, false)
            : new Message(keyBytes, again, true);
      }
      default -> {
        DailyRecord read = readKey == null ? null : readSale(readKey, fields);
        if (read != null) {
          table.put(readKey, read);
          sent.put(readKey, valueBytes);
        }
        return new Message(keyBytes, valueBytes, read != null);
      }
    }
  }

  /** A correction, a new sale or a tombstone in a partition that is not its key's. */
  public Elsewhere elsewhere() {
    DailyRecordKey key = Sales.key(any(DAYS.subList(0, 2)), random.nextInt(IDS));
    int belongs = BuiltInPartitioner.partitionForKey(utf8(key.getTsId()), PARTITIONS);
    return new Elsewhere(
        (belongs + 1 + random.nextInt(PARTITIONS - 1)) % PARTITIONS,
        encode(keyHeader, fields(key), DailyRecordKey.getClassSchema()),
        random.nextInt(3) == 0
            ? null
            : encode(valueHeader, sale(key), DailyRecord.getClassSchema()));
  }

  private static Map<String, Object> fields(DailyRecordKey key) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ts_date", (int) key.getTsDate().toEpochDay());
    fields.put("bucket", key.getBucket());
    fields.put("ts_id", utf8(key.getTsId()));
    return fields;
  }

  /** A sound sale over few customers, orders, products and places, so that they meet often. */
  private Map<String, Object> sale(DailyRecordKey key) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ts_id", utf8(key.getTsId()));
    fields.put(
        "ts",
        key.getTsDate().toEpochDay() * 86_400_000L
            + random.nextInt(2) * 60_000L
            + random.nextInt(2));
    fields.put("ts_date", (int) key.getTsDate().toEpochDay());
    fields.put("order_id", utf8("order-" + random.nextInt(5)));
    fields.put("line", 1);
    fields.put("customer_id", utf8("customer-" + random.nextInt(5)));
    for (String text : List.of("customer_name", "segment", "payment_method", "city")) {
      fields.put(text, utf8(any(List.of("", "Århus", "𝔸by", "\uFFFDby"))));
    }
    for (String text : List.of("country", "state", "platform", "category", "sub_category")) {
      fields.put(text, utf8(any(List.of("a", "A"))));
    }
    fields.put("product_id", utf8("product-" + random.nextInt(3)));
    fields.put("product_name", utf8("Stool"));
    fields.put("latitude", random.nextInt(5) == 0 ? null : unscaled("56.162900"));
    fields.put("longitude", random.nextInt(5) == 0 ? null : unscaled("10.203900"));
    fields.put("price", unscaled("100.0000"));
    fields.put("unit_cost", random.nextBoolean() ? null : unscaled("80.0000"));
    fields.put("quantity", 1 + random.nextInt(3));
    fields.put("discount", unscaled("0.0000"));
    fields.put("revenue", unscaled("100.0000"));
    fields.put("profit", random.nextBoolean() ? null : unscaled("20.0000"));
    return fields;
  }

  private void makeExtreme(Map<String, Object> fields, Schema schema) {
    Schema.Field field = any(schema.getFields());
    Schema type = field.schema();
    if (type.isUnion()) {
      if (random.nextInt(4) == 0) {
        fields.put(field.name(), null);
        return;
      }
      type = type.getTypes().get(1);
    }
    fields.put(
        field.name(),
        switch (type.getType()) {
          case INT -> extremeInt();
          case LONG -> extremeLong();
          case STRING -> extremeText();
          case BYTES -> extremeDecimal();
          default -> throw new IllegalStateException("The contract has a " + type);
        });
  }

  private int extremeInt() {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.MIN_VALUE;
      case 1 -> Integer.MAX_VALUE;
      case 2 -> (int) any(DAYS).toEpochDay() + random.nextInt(3) - 1;
      case 3 -> (random.nextBoolean() ? 1 : -1) * (100_000 + random.nextInt(2));
      case 4 -> random.nextInt(3) - 1;
      default -> random.nextInt();
    };
  }

  private long extremeLong() {
    return switch (random.nextInt(7)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> 1_700_000_000_000_000_000L;
      case 3 -> 86_400_000L - random.nextInt(2);
      case 4 -> (LAST_DAY.toEpochDay() + 1) * 86_400_000L - random.nextInt(2);
      case 5 -> random.nextInt(3) - 1;
      default -> random.nextLong();
    };
  }

  private byte[] extremeText() {
    return switch (random.nextInt(14)) {
      case 0 -> new byte[0];
      case 1 -> utf8(" \t\u2003");
      case 2 -> utf8("a\0b");
      case 3 -> utf8("\0");
      // An unpaired surrogate, as a careless client writes it; a byte that is not UTF-8; half of
      // one.
      case 4 -> new byte[] {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
      case 5 -> new byte[] {(byte) 0xFF, 'z'};
      case 6 -> new byte[] {'a', (byte) 0xF0, (byte) 0x9D};
      case 7 -> utf8("𝔸".repeat(100 + random.nextInt(2)));
      case 8 -> utf8("x".repeat(400 + random.nextInt(2)));
      case 9 -> utf8("ö".repeat(1_000 + random.nextInt(2)));
      case 10 -> utf8(random.nextInt(40) == 0 ? "L".repeat(1_000_000) : "L");
      case 11 -> utf8("\u202E\uFEFF'; DROP TABLE x; --");
      case 12 -> utf8(Sales.key(Sales.DAY, 7).getTsId().toUpperCase(java.util.Locale.ROOT));
      default -> noise(random.nextInt(200));
    };
  }

  private byte[] extremeDecimal() {
    return switch (random.nextInt(10)) {
      case 0 -> new byte[0];
      case 1 -> LARGEST.unscaledValue().toByteArray();
      case 2 -> LARGEST.unscaledValue().negate().toByteArray();
      case 3 -> LARGEST.unscaledValue().add(BigInteger.ONE).toByteArray();
      case 4 -> LARGEST.unscaledValue().add(BigInteger.ONE).negate().toByteArray();
      // More bytes than the number needs.
      case 5 -> new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
      case 6 -> new byte[] {-1, -1, -1, -1};
      case 7 -> noise(random.nextInt(40) == 0 ? 500_000 : 40);
      case 8 -> BigInteger.ONE.shiftLeft(random.nextInt(5_000)).toByteArray();
      default -> BigInteger.valueOf(random.nextLong() >> random.nextInt(64)).toByteArray();
    };
  }

  /** Bytes that are not a sound record, made of those of one. */
  private byte[] junk(byte[] bytes) {
    return switch (random.nextInt(7)) {
      case 0 -> new byte[0];
      case 1 -> noise(random.nextInt(300));
      case 2 -> Arrays.copyOf(bytes, random.nextInt(Math.min(bytes.length, 40)));
      case 3 -> joined(keyHeader, noise(random.nextInt(30)));
      case 4 -> joined(valueHeader, noise(random.nextInt(300)));
      case 5 -> joined(new byte[] {0, 0, 1, 2, 3}, bytes);
      // A text that claims to have 2^31 - 9 bytes, and as many as 2^63.
      default ->
          joined(
              Arrays.copyOf(bytes, 5),
              random.nextBoolean()
                  ? new byte[] {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 'a'}
                  : new byte[] {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1, 'a'});
    };
  }

  private DailyRecordKey readKey(Map<String, Object> fields) {
    String id = text(fields, "ts_id");
    LocalDate day = LocalDate.ofEpochDay((int) fields.get("ts_date"));
    boolean sound =
        isId(id)
            && isWithin(day)
            && (int) fields.get("bucket") == Integer.parseInt(id.substring(35), 16);
    return sound ? new DailyRecordKey(day, (int) fields.get("bucket"), id) : null;
  }

  /** The record that the fields are; null when it is not sound. */
  private static DailyRecord readSale(DailyRecordKey key, Map<String, Object> fields) {
    boolean sound =
        text(fields, "ts_id").equals(key.getTsId())
            && (int) fields.get("ts_date") == key.getTsDate().toEpochDay()
            && (long) fields.get("ts") >= FIRST_DAY.toEpochDay() * 86_400_000L
            && (long) fields.get("ts") < (LAST_DAY.toEpochDay() + 1) * 86_400_000L
            && List.of(
                    "order_id",
                    "customer_id",
                    "country",
                    "state",
                    "platform",
                    "category",
                    "sub_category",
                    "product_id")
                .stream()
                .allMatch(name -> isName(text(fields, name), 100))
            && isName(text(fields, "product_name"), 400)
            && isText(text(fields, "city"), 1_000)
            && isText(text(fields, "customer_name"), 1_000)
            && isText(text(fields, "segment"), 100)
            && isText(text(fields, "payment_method"), 100)
            && (int) fields.get("line") >= 1
            && (int) fields.get("line") <= 1_000_000
            && (int) fields.get("quantity") != 0
            && Math.abs((long) (int) fields.get("quantity")) <= 100_000
            && isDecimal(fields, "latitude", 6, "-90", "90")
            && isDecimal(fields, "longitude", 6, "-180", "180")
            && isDecimal(fields, "price", 4, "0", LARGEST.toString())
            && isDecimal(fields, "unit_cost", 4, "0", LARGEST.toString())
            && isDecimal(fields, "discount", 4, "0", "1")
            && isDecimal(fields, "revenue", 4, "-" + LARGEST, LARGEST.toString())
            && isDecimal(fields, "profit", 4, "-" + LARGEST, LARGEST.toString());
    if (!sound) {
      return null;
    }
    return DailyRecord.newBuilder()
        .setTsId(text(fields, "ts_id"))
        .setTs(Instant.ofEpochMilli((long) fields.get("ts")))
        .setTsDate(key.getTsDate())
        .setOrderId(text(fields, "order_id"))
        .setLine((int) fields.get("line"))
        .setCustomerId(text(fields, "customer_id"))
        .setCustomerName(text(fields, "customer_name"))
        .setSegment(text(fields, "segment"))
        .setCountry(text(fields, "country"))
        .setState(text(fields, "state"))
        .setCity(text(fields, "city"))
        .setLatitude(decimal(fields, "latitude", 6))
        .setLongitude(decimal(fields, "longitude", 6))
        .setPlatform(text(fields, "platform"))
        .setPaymentMethod(text(fields, "payment_method"))
        .setCategory(text(fields, "category"))
        .setSubCategory(text(fields, "sub_category"))
        .setProductId(text(fields, "product_id"))
        .setProductName(text(fields, "product_name"))
        .setPrice(decimal(fields, "price", 4))
        .setUnitCost(decimal(fields, "unit_cost", 4))
        .setQuantity((int) fields.get("quantity"))
        .setDiscount(decimal(fields, "discount", 4))
        .setRevenue(decimal(fields, "revenue", 4))
        .setProfit(decimal(fields, "profit", 4))
        .build();
  }

  private static boolean isId(String text) {
    return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  private static boolean isWithin(LocalDate day) {
    return !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY);
  }

  private static boolean isName(String text, int longest) {
    return !text.isBlank() && isText(text, longest);
  }

  private static boolean isText(String text, int longest) {
    return !text.contains("\0") && text.codePoints().count() <= longest;
  }

  private static boolean isDecimal(
      Map<String, Object> fields, String name, int scale, String least, String most) {
    byte[] bytes = (byte[]) fields.get(name);
    if (bytes == null) {
      return true;
    }
    if (bytes.length == 0 || bytes.length > 512) {
      return false;
    }
    BigDecimal value = decimal(fields, name, scale);
    return value.compareTo(new BigDecimal(least)) >= 0
        && value.compareTo(new BigDecimal(most)) <= 0;
  }

  private static BigDecimal decimal(Map<String, Object> fields, String name, int scale) {
    byte[] bytes = (byte[]) fields.get(name);
    return bytes == null ? null : new BigDecimal(new BigInteger(bytes), scale);
  }

  private static String text(Map<String, Object> fields, String name) {
    return new String((byte[]) fields.get(name), StandardCharsets.UTF_8);
  }

  private static byte[] encode(byte[] header, Map<String, Object> fields, Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      for (Schema.Field field : schema.getFields()) {
        Object value = fields.get(field.name());
        if (field.schema().isUnion()) {
          encoder.writeIndex(value == null ? 0 : 1);
        }
        if (value instanceof Integer number) {
          encoder.writeInt(number);
        } else if (value instanceof Long number) {
          encoder.writeLong(number);
        } else if (value != null) {
          // Text and decimals alike: their length, then their bytes.
          encoder.writeBytes(ByteBuffer.wrap((byte[]) value));
        }
      }
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] unscaled(String decimal) {
    return new BigDecimal(decimal).unscaledValue().toByteArray();
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] joined(byte[] left, byte[] right) {
    return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
