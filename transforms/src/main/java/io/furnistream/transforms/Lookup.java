package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.FieldTransform;
import io.furnistream.transforms.fields.Input;
import io.furnistream.transforms.fields.RecordPart;
import io.furnistream.transforms.fields.Writing;
import io.furnistream.transforms.tables.LookupColumn;
import io.furnistream.transforms.tables.ReferenceFile;
import io.furnistream.transforms.tables.ReferenceSource;
import io.furnistream.transforms.tables.ReferenceTable;
import io.furnistream.transforms.tables.ReferenceTopic;
import io.furnistream.transforms.text.KeyText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Joins records with a reference table, a CSV or Parquet file or a compacted topic, and adds
 * columns of the row that is found.
 *
 * <p>The table is held in memory by each task, bounded in rows, and kept fresh without a restart. A
 * key field that is null finds no row of its own. Used by one thread, as Connect does.
 *
 * @param <R> source or sink record
 */
public abstract class Lookup<R extends ConnectRecord<R>> extends FieldTransform<R> {

  /** What the transform does, for generated documentation. */
  public static final String OVERVIEW_DOC =
      "Join records with a reference table (a CSV or Parquet file, or a compacted topic) by one or"
          + " more fields, and add columns of the row that is found. The table is kept fresh without"
          + " a restart.<p/>Use the concrete transformation type designed for the record key"
          + " (<code>"
          + Key.class.getName()
          + "</code>) or value (<code>"
          + Value.class.getName()
          + "</code>).";

  /** The properties it takes. */
  public static final ConfigDef CONFIG_DEF = LookupConfig.CONFIG_DEF;

  private List<Schema> schemas;
  private LookupConfig.OnMiss onMiss;
  private String missHeader;
  private String keyNames;
  private String wildcard;
  private Object[] missing;
  private ReferenceTable table;
  private LookupMisses misses;
  private ReferenceSource source;

  private Lookup(RecordPart part) {
    super(part);
  }

  @Override
  public void configure(Map<String, ?> properties) {
    LookupConfig config = new LookupConfig(properties);
    schemas = config.columns().stream().map(column -> column.type().schema()).toList();
    onMiss = config.onMiss();
    missHeader = config.missHeader();
    missing = config.defaults();
    wildcard = config.wildcard();
    keyNames =
        config.keyFields().stream().map(FieldPath::toString).collect(Collectors.joining(","));
    use(
        config.keyFields(),
        config.columns().stream().map(LookupColumn::field).toList(),
        Writing.ADDS,
        LookupConfig.COLUMNS);
    table = config.table();
    close(source);
    close(misses);
    source =
        config.topic() == null
            ? new ReferenceFile(
                config.file(),
                config.reader(),
                table,
                config.rowLimit(),
                config.checkEvery(),
                System::nanoTime)
            : ReferenceTopic.start(
                config.topic(),
                config.consumer(),
                config.converter(),
                table,
                config.rowLimit(),
                config.startLimit());
    misses = LookupMisses.of(config.source(), config.keyFields());
  }

  @Override
  protected List<Schema> schemas(List<Input> inputs) {
    for (Input input : inputs) {
      boolean comparable =
          input.schema().name() == null
              && switch (input.schema().type()) {
                case STRING, INT8, INT16, INT32, INT64, BOOLEAN -> true;
                default -> false;
              };
      if (!comparable && input.schema().type() != Schema.Type.STRING) {
        throw input.wrongType(null, KeyText.ACCEPTED);
      }
    }
    return schemas;
  }

  @Override
  protected Object[] values(List<Input> inputs, Object[] values) {
    String[] texts = texts(inputs, values);
    Object[] row = row(texts);
    if (row == null && wildcard != null) {
      texts[texts.length - 1] = wildcard;
      row = row(texts);
    }
    if (row != null) {
      return row;
    }
    misses.add(values);
    if (onMiss == LookupConfig.OnMiss.FAIL) {
      throw new DataException("The reference table has no row for this record's " + keyNames);
    }
    return missing;
  }

  private Object[] row(String[] texts) {
    Object key = table.key(texts);
    return key == null ? null : source.row(key);
  }

  private static String[] texts(List<Input> inputs, Object[] values) {
    String[] texts = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        if (!KeyText.accepts(values[i])) {
          throw inputs.get(i).wrongType(values[i], KeyText.ACCEPTED);
        }
        texts[i] = values[i].toString();
      }
    }
    return texts;
  }

  @Override
  protected void updated(R record, Object[] written) {
    // No row of a table is this array instance.
    if (onMiss == LookupConfig.OnMiss.HEADER && written == missing) {
      record.headers().addString(missHeader, keyNames);
    }
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public void close() {
    super.close();
    close(source);
    source = null;
    close(misses);
    misses = null;
  }

  private static void close(AutoCloseable closed) {
    Utils.closeQuietly(closed, "part of a lookup");
  }

  /**
   * Works on the record's key.
   *
   * @param <R> source or sink record
   */
  public static final class Key<R extends ConnectRecord<R>> extends Lookup<R> {

    /** Made by Connect. */
    public Key() {
      super(RecordPart.KEY);
    }
  }

  /**
   * Works on the record's value.
   *
   * @param <R> source or sink record
   */
  public static final class Value<R extends ConnectRecord<R>> extends Lookup<R> {

    /** Made by Connect. */
    public Value() {
      super(RecordPart.VALUE);
    }
  }
}
