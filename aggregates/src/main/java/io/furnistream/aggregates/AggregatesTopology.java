package io.furnistream.aggregates;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.aggregates.Message.MemberChange;
import io.furnistream.aggregates.Message.PartUpdate;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: records to parts, members to counts, parts and counts to rows.
 *
 * <p>Nothing in it depends on a record's time, so every record is given the wall clock's when it is
 * read: what is written meanwhile (changelogs, internal topics) is then never too far in the past
 * or in the future for a broker to keep.
 */
final class AggregatesTopology {

  private AggregatesTopology() {}

  /**
   * The topology of some aggregates.
   *
   * @param avro where the registry is
   * @param emission when the stages send on what changed
   */
  static Topology of(AggregateSet aggregates, AvroClients avro, Emission emission) {
    StreamsBuilder builder = new StreamsBuilder();

    KStream<byte[], Message> recordMessages =
        builder.stream(
                Topic.DAILY_RECORDS.topicName(),
                Consumed.with(
                        reading(SourceSerdes.key(avro.deserializer())),
                        reading(SourceSerdes.value(avro.deserializer())))
                    .withTimestampExtractor(new WallclockTimestampExtractor())
                    .withName("daily-records"))
            .process(
                stage(
                    () -> new RecordStage(aggregates, emission),
                    store(RecordStage.CONTRIBUTIONS),
                    store(RecordStage.PARTS).withCachingEnabled()),
                Named.as("records"));

    KStream<byte[], Message> memberMessages =
        only(MemberChange.class, recordMessages, "members")
            .repartition(
                Repartitioned.<byte[], MemberChange>as("members")
                    .withKeySerde(Serdes.ByteArray())
                    .withValueSerde(serde(MemberChange::encode, MemberChange::decode)))
            .process(
                stage(
                    () -> new MemberStage(aggregates, emission),
                    store(MemberStage.COUNTS).withCachingEnabled()),
                Named.as("count-members"));

    Serializer<Object> values = serializer(avro, false);
    Serializer<Object> keys = serializer(avro, true);
    // Two topics, although both carry parts: through one, the first two stages would share a task,
    // and its counts would wait for its records.
    byGroup(only(PartUpdate.class, recordMessages, "sums"), "sums")
        .merge(byGroup(only(PartUpdate.class, memberMessages, "counts"), "counts"))
        .process(
            stage(
                () -> new TotalStage(aggregates, values, emission),
                store(TotalStage.TOTALS).withCachingEnabled()),
            Named.as("totals"))
        .to(
            (key, row, context) -> key.topic().topicName(),
            Produced.<RowKey, byte[]>as("rows")
                .withKeySerde(writing((topic, key) -> keys.serialize(topic, key.avro())))
                .withValueSerde(Serdes.ByteArray())
                .withStreamPartitioner(
                    (topic, key, row, partitions) ->
                        Optional.of(Set.of(key.partition(partitions)))));
    return builder.build();
  }

  private static KStream<byte[], PartUpdate> byGroup(
      KStream<byte[], PartUpdate> parts, String name) {
    return parts.repartition(
        Repartitioned.<byte[], PartUpdate>as(name)
            .withKeySerde(Serdes.ByteArray())
            .withValueSerde(serde(PartUpdate::encode, PartUpdate::decode)));
  }

  private static <M extends Message> KStream<byte[], M> only(
      Class<M> kind, KStream<byte[], Message> messages, String name) {
    return messages
        .filter((key, message) -> kind.isInstance(message), Named.as("only-" + name))
        .mapValues(kind::cast, Named.as(name));
  }

  // Neither partition by event time nor windows: plain stores, logged so that they outlive the
  // disk.
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  private static <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> stage(
      Supplier<Processor<KIn, VIn, KOut, VOut>> processor, StoreBuilder<?>... stores) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<KIn, VIn, KOut, VOut> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(stores);
      }
    };
  }

  private static Serializer<Object> serializer(AvroClients avro, boolean isKey) {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    serializer.configure(avro.serializer(), isKey);
    return serializer;
  }

  private static <T> Serde<T> serde(Function<T, byte[]> encode, Function<byte[], T> decode) {
    return Serdes.serdeFrom(
        (topic, value) -> encode.apply(value), (topic, bytes) -> decode.apply(bytes));
  }

  private static <T> Serde<T> reading(Deserializer<T> deserializer) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          throw new UnsupportedOperationException("The topology only reads " + topic);
        },
        deserializer);
  }

  private static <T> Serde<T> writing(Serializer<T> serializer) {
    return Serdes.serdeFrom(
        serializer,
        (topic, bytes) -> {
          throw new UnsupportedOperationException("The topology only writes " + topic);
        });
  }
}
