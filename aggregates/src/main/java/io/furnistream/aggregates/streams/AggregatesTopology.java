package io.furnistream.aggregates.streams;

import io.furnistream.aggregates.faults.ProcessingFaultHandler;
import io.furnistream.aggregates.reading.SourceSerdes;
import io.furnistream.aggregates.stages.Batch;
import io.furnistream.aggregates.stages.LatestStage;
import io.furnistream.aggregates.stages.MemberStage;
import io.furnistream.aggregates.stages.RecordStage;
import io.furnistream.aggregates.stages.Rows;
import io.furnistream.aggregates.stages.Stage;
import io.furnistream.aggregates.stages.TotalStage;
import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.RowKey;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
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
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: records to differences, members to counts, both to rows; and the latest records.
 *
 * <p>Nothing in it depends on a record's time, so every record is given the wall clock's when it is
 * read: what is written meanwhile (changelogs, internal topics) is then never too far in the past
 * or in the future for a broker to keep.
 */
public final class AggregatesTopology {

  /** Every topic that the application writes rows to. */
  public static final List<Topic> OUTPUTS =
      Stream.concat(
              AggregateSet.ALL.stream().map(Aggregate::topic), Stream.of(Topic.RECENT_RECORDS))
          .toList();

  private AggregatesTopology() {}

  /**
   * The topology of some aggregates.
   *
   * @param avro where the registry is
   */
  public static Topology of(AggregateSet aggregates, AvroClients avro) {
    StreamsBuilder builder = new StreamsBuilder();
    Rows rows =
        new Rows(
            new ContractSerializer(avro.serializer(), true),
            new ContractSerializer(avro.serializer(), false));
    Pace pace = new Pace(System::nanoTime);

    KStream<Integer, Batch> records =
        builder.stream(
                Topic.DAILY_RECORDS.topicName(),
                Consumed.with(
                        reading(SourceSerdes.key(avro.registry())),
                        reading(SourceSerdes.value(avro.registry())))
                    .withTimestampExtractor(new WallclockTimestampExtractor())
                    .withName("daily-records"))
            .peek((key, sale) -> pace.count(), Named.as("pace"))
            .process(
                stage(
                    "records",
                    Set.of("only-members", "only-sums", "only-latest"),
                    RecordStage.CONTRIBUTIONS,
                    (Stage.Context<Integer, Batch> here) -> new RecordStage(aggregates, here),
                    pace),
                Named.as("records"));

    KStream<Integer, Batch> members =
        through("members", Batch.Kind.MEMBERS, records)
            .process(
                stage(
                    "count-members",
                    Set.of("only-counts"),
                    MemberStage.MEMBERS,
                    (Stage.Context<Integer, Batch> here) -> new MemberStage(aggregates, here),
                    pace),
                Named.as("count-members"));

    // Two topics, although both carry differences: through one, the first two stages would share a
    // task, and its counts would wait for its records.
    through("sums", Batch.Kind.GROUPS, records)
        .merge(through("counts", Batch.Kind.GROUPS, members))
        .process(
            stage(
                "totals",
                Set.of("rows"),
                TotalStage.TOTALS,
                (Stage.Context<RowKey, byte[]> here) -> new TotalStage(aggregates, rows, here),
                pace),
            Named.as("totals"))
        .to((key, row, context) -> key.topic().topicName(), produced("rows"));

    through("latest", Batch.Kind.LATEST, records)
        .process(
            stage(
                "merge-latest",
                Set.of("recent-records"),
                LatestStage.LATEST,
                (Stage.Context<RowKey, byte[]> here) -> new LatestStage(rows, here),
                pace),
            Named.as("merge-latest"))
        .to(Topic.RECENT_RECORDS.topicName(), produced("recent-records"));
    return withDeadLetters(builder.build());
  }

  /**
   * A sink for each stage that takes batches: an entry that it cannot process becomes a letter.
   * What the first stage cannot process is a whole record, which Streams dead-letters ({@link
   * ProcessingFaultHandler}).
   */
  private static Topology withDeadLetters(Topology topology) {
    for (String stage : List.of("count-members", "totals", "merge-latest")) {
      topology.addSink(
          StageProcessor.deadLetters(stage),
          DeadLetterTopics.AGGREGATES,
          new ByteArraySerializer(),
          new ByteArraySerializer(),
          stage);
    }
    return topology;
  }

  /** The batches of one kind, each in the partition that its key says; those of the latest in 0. */
  private static KStream<Integer, byte[]> through(
      String name, Batch.Kind kind, KStream<Integer, Batch> batches) {
    int partitions = kind == Batch.Kind.LATEST ? 1 : Batch.PARTITIONS;
    return batches
        .filter((key, batch) -> batch.kind() == kind, Named.as("only-" + name))
        .mapValues(Batch::entries, Named.as(name + "-entries"))
        .repartition(
            Repartitioned.<Integer, byte[]>as(name)
                .withKeySerde(Serdes.Integer())
                .withValueSerde(Serdes.ByteArray())
                .withNumberOfPartitions(partitions)
                .withStreamPartitioner(new KeyPartitioner<>((key, all) -> key % partitions)));
  }

  private static Produced<RowKey, byte[]> produced(String name) {
    return Produced.<RowKey, byte[]>as(name)
        .withKeySerde(writing((topic, key) -> key.avro().get()))
        .withValueSerde(Serdes.ByteArray())
        .withStreamPartitioner(new KeyPartitioner<>(RowKey::partition));
  }

  private static <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> stage(
      String name,
      Set<String> outputs,
      String store,
      Stage.Factory<KIn, VIn, KOut, VOut> factory,
      Pace pace) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<KIn, VIn, KOut, VOut> get() {
        return new StageProcessor<>(name, outputs, factory, pace);
      }

      // Not cached: a stage does its own caching, and what it writes before a commit must be
      // logged.
      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray()),
            BeforeCommit.builder(StageProcessor.beforeCommit(name)));
      }
    };
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
