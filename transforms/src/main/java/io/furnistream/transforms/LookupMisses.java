package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that found no row: counted in JMX, the first keys named in the log. Counted by one
 * thread, looked at by any.
 */
final class LookupMisses implements LookupMXBean, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LookupMisses.class);

  /** Distinguishes the tables of two tasks. */
  private static final AtomicLong IDS = new AtomicLong();

  /** A key is for people to recognise. */
  private static final int LONGEST = 100;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final List<FieldPath> fields;
  private final Tally tally;
  private final ObjectName name;
  private final AtomicLong misses = new AtomicLong();
  private volatile String last = "";

  private LookupMisses(
      List<FieldPath> fields,
      Consumer<Map<String, Long>> log,
      LongSupplier nanoTime,
      ObjectName name) {
    this.fields = fields;
    this.tally = new Tally(log, nanoTime);
    this.name = name;
  }

  /**
   * Begins to count.
   *
   * @param table its file or topic
   * @param fields of a record that are looked up
   */
  static LookupMisses of(String table, List<FieldPath> fields) {
    return of(
        table,
        fields,
        counts -> LOG.warn("No row in {} since the task began for {}", table, counts),
        System::nanoTime);
  }

  /** With a log and a clock that only goes forward, in nanoseconds. */
  static LookupMisses of(
      String table,
      List<FieldPath> fields,
      Consumer<Map<String, Long>> log,
      LongSupplier nanoTime) {
    try {
      ObjectName name =
          new ObjectName(
              "io.furnistream.transforms:type=Lookup,table=%s,id=%d"
                  .formatted(ObjectName.quote(table), IDS.incrementAndGet()));
      LookupMisses counted = new LookupMisses(fields, log, nanoTime, name);
      ManagementFactory.getPlatformMBeanServer().registerMBean(counted, name);
      return counted;
    } catch (JMException e) {
      LOG.warn("The misses of {} are counted only in the log: {}", table, e.getMessage());
      return new LookupMisses(fields, log, nanoTime, null);
    }
  }

  /**
   * Counts a record.
   *
   * @param values of its fields, each of which may be null
   */
  void add(Object[] values) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      parts.add(fields.get(i) + "=" + values[i]);
    }
    String key = shown(String.join(", ", parts));
    last = key;
    misses.incrementAndGet();
    tally.add(key);
  }

  /** On one line, whatever a producer wrote, and with trailing blanks visible. */
  private static String shown(String text) {
    String line = CONTROL.matcher(text).replaceAll("?");
    return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
  }

  @Override
  public long getMisses() {
    return misses.get();
  }

  @Override
  public String getLastMiss() {
    return last;
  }

  @Override
  public void close() {
    tally.end();
    if (name != null) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
      } catch (JMException e) {
        LOG.debug("Gone already", e);
      }
    }
  }
}
