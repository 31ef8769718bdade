package io.furnistream.schemas;

import io.furnistream.screening.BoundRules;
import io.furnistream.screening.Failure;
import io.furnistream.screening.RuleSet;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads what any writer's schema wrote as a contract's class, if the schema is as the rules ask.
 * Safe for use by several threads.
 *
 * @param <T> the contract's class
 */
final class ContractReader<T extends SpecificRecord> {

  static {
    ContractClasses.vouch();
    AvroLimits.set();
  }

  /** So many schemas are remembered: more than a topic ever has, unless somebody plays with it. */
  private static final int SCHEMAS = 1000;

  private final Class<T> type;
  private final Schema contract;
  private final RuleSet rules;
  private final Schema key;
  private final Map<Schema, Written> written = new ConcurrentHashMap<>();

  /**
   * A reader of one side of a topic.
   *
   * @param key the contract of the record's key; null where that is what is read
   */
  ContractReader(Class<T> type, RuleSet rules, Schema key) {
    this.type = type;
    this.contract = SpecificData.get().getSchema(type);
    this.rules = rules;
    this.key = key;
  }

  /** The rules, bound to records of a schema and keys of the contract. */
  BoundRules<IndexedRecord> bind(Schema schema) {
    AvroForm form = new AvroForm(schema);
    return key == null
        ? rules.bind(form, Clock.systemUTC())
        : rules.bind(form, new AvroForm(key), Clock.systemUTC());
  }

  /**
   * Reads a record.
   *
   * @param writer the schema that wrote it
   * @param bytes hold it from {@code from} on
   * @param ofKey the record's key; null where that is what is read
   * @param partition the one in which the record lies; null when that is not known, or not asked
   * @throws UnsoundException when the writer's schema breaks a rule, or the record breaks one and
   *     therefore cannot be read as the contract's class
   * @throws SerializationException when the bytes are not such a record
   */
  T read(Schema writer, byte[] bytes, int from, IndexedRecord ofKey, Integer partition) {
    Written by = written.get(writer);
    if (by == null) {
      if (written.size() >= SCHEMAS) {
        written.clear();
      }
      by = new Written(writer);
      written.put(writer, by);
    }
    return by.read(bytes, from, ofKey, partition);
  }

  /** Decodes what begins at {@code from}. */
  static <D> D decoded(DatumReader<D> reader, byte[] bytes, int from) throws IOException {
    return reader.read(
        null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null));
  }

  /** What one schema wrote. */
  private final class Written {

    private final Schema writer;
    private final DatumReader<T> reader;
    private final BoundRules<IndexedRecord> bound;
    private final Optional<ConnectReading> connect;

    Written(Schema writer) {
      this.writer = writer;
      this.reader = new SpecificDatumReader<>(writer, contract, model(writer));
      this.bound = bind(writer);
      this.connect = ConnectReading.of(writer, contract);
    }

    T read(byte[] bytes, int from, IndexedRecord ofKey, Integer partition) {
      if (writer.getType() != Schema.Type.RECORD) {
        throw new SerializationException(
            "The bytes hold Avro's %s, not a %s"
                .formatted(writer.getType().getName(), type.getSimpleName()));
      }
      connect.ifPresent(reading -> reading.check(bytes, from));
      bound
          .checkSchema()
          .ifPresent(
              failure -> {
                throw new UnsoundException(failure);
              });
      try {
        return decoded(reader, bytes, from);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        Optional<Failure> failure = byItsOwnSchema(bytes, from, ofKey, partition);
        if (failure.isPresent()) {
          throw new UnsoundException(failure.get());
        }
        throw new SerializationException(
            "The bytes cannot be read as a %s: %s".formatted(type.getSimpleName(), e), e);
      }
    }

    /**
     * The class's own, but for what another schema wrote: Avro's fast reader converts a value
     * twice, and fails, where the writer says that it may be null and the class does not.
     */
    private SpecificData model(Schema writer) {
      SpecificData own = SpecificData.getForClass(type);
      if (writer.equals(contract)) {
        return own;
      }
      SpecificData slow = new SpecificData(own.getClassLoader());
      own.getConversions().forEach(slow::addLogicalTypeConversion);
      slow.setFastReaderEnabled(false);
      return slow;
    }

    /**
     * The rule that is broken by a record which the class cannot hold, such as null where it has
     * none; empty when it cannot be read either way.
     */
    private Optional<Failure> byItsOwnSchema(
        byte[] bytes, int from, IndexedRecord ofKey, Integer partition) {
      GenericData values = new GenericData();
      values.addLogicalTypeConversion(new Conversions.DecimalConversion());
      values.addLogicalTypeConversion(new TimeConversions.DateConversion());
      values.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
      try {
        return bound.check(
            decoded(new GenericDatumReader<IndexedRecord>(writer, writer, values), bytes, from),
            ofKey,
            partition);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        return Optional.empty();
      }
    }
  }
}
