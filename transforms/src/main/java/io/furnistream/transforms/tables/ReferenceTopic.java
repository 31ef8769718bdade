package io.furnistream.transforms.tables;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table in a compacted topic, held in memory by a thread of its own that keeps reading. A row
 * that cannot be read is passed over, and the log says so; the row before it stays.
 *
 * <p>What keeps the topic from being read is never the fault of a record that is looked up: it is
 * made to wait and to be tried again, while the thread tries on.
 */
public final class ReferenceTopic implements ReferenceSource {

  private static final Logger LOG = LoggerFactory.getLogger(ReferenceTopic.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration LOG_EVERY = Duration.ofMinutes(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final String STILL_READING = "it is still being read";

  private final String topic;
  private final Converter converter;
  private final ReferenceTable table;
  private final RowLimit limit;
  private final Duration startLimit;
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;

  private final Map<Object, Object[]> rows = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, Row> rowOfRecord = new HashMap<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final CountDownLatch readToEnd = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String problem = STILL_READING;
  private volatile boolean tooLarge;

  private ReferenceTopic(
      String topic,
      Consumer<byte[], byte[]> consumer,
      Converter converter,
      ReferenceTable table,
      RowLimit limit,
      Duration startLimit) {
    this.topic = topic;
    this.consumer = consumer;
    this.converter = converter;
    this.table = table;
    this.limit = limit;
    this.startLimit = startLimit;
    this.thread = new Thread(this::run, "lookup-" + topic);
    thread.setDaemon(true);
  }

  /**
   * Begins to read.
   *
   * @param consumerSettings where the brokers are, and what else the consumer needs
   * @param converter of the topic's values, configured; closed with the table
   * @param limit with more rows the table is not used
   * @param startLimit how long a record waits until the topic has been read to its end
   */
  public static ReferenceTopic start(
      String topic,
      Map<String, Object> consumerSettings,
      Converter converter,
      ReferenceTable table,
      RowLimit limit,
      Duration startLimit) {
    Map<String, Object> settings = new HashMap<>(consumerSettings);
    settings.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    ReferenceTopic source =
        new ReferenceTopic(
            topic,
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            converter,
            table,
            limit,
            startLimit);
    source.thread.start();
    return source;
  }

  @Override
  public Object[] row(Object key) {
    awaitRead();
    return rows.get(key);
  }

  private void awaitRead() {
    if (readToEnd.getCount() > 0 && !await(readToEnd, startLimit)) {
      throw new RetriableException(
          "The reference topic %s was not read to its end within %d s: %s"
              .formatted(topic, startLimit.toSeconds(), problem));
    }
    if (tooLarge) {
      throw new RetriableException(
          "The reference topic %s cannot be used: %s".formatted(topic, problem));
    }
  }

  private static boolean await(CountDownLatch latch, Duration limit) {
    try {
      return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    try {
      while (!isClosed()) {
        try {
          read();
        } catch (WakeupException e) {
          LOG.debug("Closed", e);
        } catch (RuntimeException e) {
          complain(e);
          await(closed, RETRY_AFTER);
        }
      }
    } finally {
      Utils.closeQuietly(consumer, "consumer of " + topic);
      Utils.closeQuietly(converter, "converter of " + topic);
    }
  }

  /** Once for each problem, however often it is met. */
  private void complain(RuntimeException e) {
    String met = String.valueOf(e.getMessage());
    if (!met.equals(problem)) {
      LOG.warn("The reference topic {} cannot be read, and is tried again: {}", topic, met);
      problem = met;
    }
  }

  private void read() {
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      if (next.containsKey(partition)) {
        consumer.seek(partition, next.get(partition));
      } else {
        consumer.seekToBeginning(List.of(partition));
      }
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!isClosed()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
        next.put(new TopicPartition(topic, record.partition()), record.offset() + 1);
        if (!limit.allows(rowOfRecord.size())) {
          refuse();
          return;
        }
      }
      problem = STILL_READING;
      if (readToEnd.getCount() > 0
          && ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
        LOG.info("Read {} rows of the reference topic {}", rows.size(), topic);
        readToEnd.countDown();
      }
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new ConnectException("there is no such topic");
    }
    return partitions;
  }

  /** Reads no further; records wait until the task is restarted, and the log keeps saying why. */
  private void refuse() {
    problem = limit.refusal();
    tooLarge = true;
    readToEnd.countDown();
    do {
      LOG.error("Records wait, for the reference topic {} cannot be used: {}", topic, problem);
    } while (!await(closed, LOG_EVERY));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      LOG.warn("A row without a key is passed over: {}", position(record));
      return;
    }
    ByteBuffer name = ByteBuffer.wrap(record.key());
    if (record.value() == null) {
      remove(rowOfRecord.remove(name));
      return;
    }
    Row row;
    try {
      Map<String, String> cells = cells(converter.toConnectData(topic, record.value()).value());
      row = new Row(table.key(cells), table.values(cells, new HashMap<>()));
    } catch (RuntimeException e) {
      if (isTemporary(e)) {
        throw e;
      }
      LOG.warn(
          "A row that cannot be read is passed over: {}: {}", position(record), e.getMessage());
      return;
    }
    Row before = rowOfRecord.put(name, row);
    rows.put(row.key, row.values);
    if (before != null && !before.key.equals(row.key)) {
      remove(before);
    }
  }

  /** Whether the row is not to blame, but what it takes to read it, such as a registry. */
  private static boolean isTemporary(RuntimeException e) {
    return isOfConnection(e)
        || (e instanceof KafkaException
            && !(e instanceof DataException)
            && !(e instanceof SerializationException));
  }

  /** Confluent's converter blames the row, too, where its registry is away. */
  private static boolean isOfConnection(Throwable e) {
    return e instanceof SocketException
        || e instanceof SocketTimeoutException
        || e instanceof UnknownHostException
        || (e.getCause() != null && isOfConnection(e.getCause()));
  }

  private void remove(Row row) {
    if (row != null) {
      // By its values too: by now the key may name the row of another record.
      rows.remove(row.key, row.values);
    }
  }

  private static String position(ConsumerRecord<?, ?> record) {
    return record.topic() + ", partition " + record.partition() + ", offset " + record.offset();
  }

  private static Map<String, String> cells(Object value) {
    Map<String, String> row = new HashMap<>();
    if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        put(row, field.name(), cell(field.schema(), struct.get(field)));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, cell) -> put(row, String.valueOf(name), cell));
    } else {
      throw new DataException("it is not a record");
    }
    return row;
  }

  /** A date has no time of day; as an instant it would have one. */
  private static Object cell(Schema schema, Object cell) {
    return cell != null && Date.LOGICAL_NAME.equals(schema.name())
        ? LocalDate.ofInstant(((java.util.Date) cell).toInstant(), ZoneOffset.UTC)
        : cell;
  }

  private static void put(Map<String, String> row, String name, Object cell) {
    String text = text(cell);
    if (text != null && !text.isEmpty()) {
      row.put(name, text);
    }
  }

  private static String text(Object cell) {
    if (cell instanceof java.math.BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (cell instanceof java.util.Date date) {
      return date.toInstant().toString();
    }
    return cell == null ? null : cell.toString();
  }

  @Override
  public void close() {
    closed.countDown();
    consumer.wakeup();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a record of the topic says. */
  private static final class Row {

    private final Object key;

    /** What the row gives; no two rows share the array. */
    private final Object[] values;

    Row(Object key, Object[] values) {
      this.key = key;
      this.values = values;
    }
  }
}
