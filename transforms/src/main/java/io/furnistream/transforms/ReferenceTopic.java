package io.furnistream.transforms;

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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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
 * A table in a compacted topic, held in memory by a thread of its own that goes on reading. A row
 * that cannot be read is passed over, and the log says so; the row before it stays.
 */
final class ReferenceTopic implements ReferenceSource {

  private static final Logger LOG = LoggerFactory.getLogger(ReferenceTopic.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String topic;
  private final Converter converter;
  private final ReferenceTable table;
  private final int maxRows;
  private final Duration startLimit;
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;

  private final Map<Object, Object[]> rows = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, Object> keyOfRecord = new HashMap<>();
  private final CountDownLatch readToEnd = new CountDownLatch(1);
  private volatile ConnectException failure;
  private volatile boolean closed;

  private ReferenceTopic(
      LookupConfig config, Consumer<byte[], byte[]> consumer, Converter converter) {
    this.topic = config.topic();
    this.converter = converter;
    this.table = config.table();
    this.maxRows = config.maxRows();
    this.startLimit = config.startLimit();
    this.consumer = consumer;
    this.thread = new Thread(this::run, "lookup-" + topic);
    thread.setDaemon(true);
  }

  /** Begins to read. */
  static ReferenceTopic start(LookupConfig config) {
    Map<String, Object> settings = config.consumer();
    settings.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    Converter converter = config.converter();
    ReferenceTopic source =
        new ReferenceTopic(
            config,
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            converter);
    source.thread.start();
    return source;
  }

  @Override
  public Object[] row(Object key) {
    awaitRead();
    return rows.get(key);
  }

  private void awaitRead() {
    try {
      if (readToEnd.getCount() > 0
          && !readToEnd.await(startLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RetriableException(
            "The reference topic %s was not read to its end within %d s"
                .formatted(topic, startLimit.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Stopped while the reference topic " + topic + " was read", e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    try {
      read();
    } catch (WakeupException e) {
      LOG.debug("Closed", e);
    } catch (RuntimeException e) {
      failure =
          new ConnectException(
              "The reference topic " + topic + " cannot be read: " + e.getMessage(), e);
    } finally {
      readToEnd.countDown();
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE));
    }
  }

  private void read() {
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!closed) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
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

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      LOG.warn("A row without a key is passed over: {}", position(record));
      return;
    }
    ByteBuffer name = ByteBuffer.wrap(record.key());
    if (record.value() == null) {
      remove(keyOfRecord.remove(name));
      return;
    }
    Object key;
    Object[] values;
    try {
      Map<String, String> row = cells(converter.toConnectData(topic, record.value()).value());
      key = table.key(row);
      values = table.values(row, new HashMap<>());
    } catch (DataException e) {
      LOG.warn(
          "A row that cannot be read is passed over: {}: {}", position(record), e.getMessage());
      return;
    }
    Object before = keyOfRecord.put(name, key);
    if (before != null && !before.equals(key)) {
      remove(before);
    }
    rows.put(key, values);
    if (rows.size() > maxRows) {
      throw new ConnectException(
          "it has more than " + maxRows + " rows: raise " + LookupConfig.MAX_ROWS);
    }
  }

  private void remove(Object key) {
    if (key != null) {
      rows.remove(key);
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
      throw new DataException("it is no record");
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
    closed = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
