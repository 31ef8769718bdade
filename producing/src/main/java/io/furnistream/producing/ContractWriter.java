package io.furnistream.producing;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records of one contract as Avro's own writer does. What a field needs is decided once;
 * Avro's writer decides it for each record, which takes four times as long.
 *
 * <p>It takes only what needs no second look: text, numbers, days, times, decimals of exactly the
 * contract's scale, and null where the contract allows it. Any other value ends in a {@link
 * RuntimeException}, and is for Avro's writer to accept or to explain. Thread-safe.
 */
final class ContractWriter {

  /** A number of so many digits is always a long. */
  private static final int LONG_DIGITS = 18;

  private final FieldWriter[] fields;

  /**
   * A writer.
   *
   * @throws IllegalArgumentException when the contract has a field of a type that none has so far
   */
  ContractWriter(Schema contract) {
    this.fields =
        contract.getFields().stream()
            .map(field -> writer(field.schema()))
            .toArray(FieldWriter[]::new);
  }

  /**
   * Writes one record.
   *
   * @throws RuntimeException when a value needs a second look; part of the record may be written
   */
  void write(SpecificRecord datum, BinaryEncoder out) throws IOException {
    for (int field = 0; field < fields.length; field++) {
      fields[field].write(datum.get(field), out);
    }
  }

  private static FieldWriter writer(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case STRING -> (value, out) -> out.writeString((String) value);
      case INT ->
          logical instanceof LogicalTypes.Date
              ? (value, out) -> out.writeInt(Math.toIntExact(((LocalDate) value).toEpochDay()))
              : (value, out) -> out.writeInt((Integer) value);
      case LONG ->
          logical instanceof LogicalTypes.TimestampMillis
              ? (value, out) -> out.writeLong(((Instant) value).toEpochMilli())
              : (value, out) -> out.writeLong((Long) value);
      case BYTES -> decimal((LogicalTypes.Decimal) logical);
      case UNION -> nullable(schema);
      default -> throw new IllegalArgumentException("No contract has had a field of " + schema);
    };
  }

  private static FieldWriter decimal(LogicalTypes.Decimal type) {
    int scale = type.getScale();
    int precision = type.getPrecision();
    return (value, out) -> {
      BigDecimal number = (BigDecimal) value;
      if (number.scale() != scale || number.precision() > precision) {
        throw new ArithmeticException("Not a decimal(" + precision + "," + scale + ")");
      }
      out.writeBytes(
          precision <= LONG_DIGITS
              ? shortest(number.scaleByPowerOfTen(scale).longValueExact())
              : number.unscaledValue().toByteArray());
    };
  }

  /** As BigInteger gives it, which is made of the number first: two's complement, big-endian. */
  private static byte[] shortest(long number) {
    int signBits = Long.numberOfLeadingZeros(number < 0 ? ~number : number);
    int length = Long.BYTES - (signBits - 1) / Byte.SIZE;
    byte[] bytes = new byte[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      bytes[i] = (byte) rest;
      rest >>= Byte.SIZE;
    }
    return bytes;
  }

  private static FieldWriter nullable(Schema union) {
    if (union.getTypes().size() != 2 || union.getTypes().get(0).getType() != Schema.Type.NULL) {
      throw new IllegalArgumentException("No contract has had a field of " + union);
    }
    FieldWriter present = writer(union.getTypes().get(1));
    return (value, out) -> {
      if (value == null) {
        out.writeIndex(0);
      } else {
        out.writeIndex(1);
        present.write(value, out);
      }
    };
  }

  /** Writes the values of one field. */
  private interface FieldWriter {
    void write(Object value, BinaryEncoder out) throws IOException;
  }
}
