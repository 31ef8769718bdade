package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.Validators;
import io.furnistream.transforms.tables.ColumnType;
import io.furnistream.transforms.tables.LookupColumn;
import io.furnistream.transforms.tables.ReferenceTable;
import io.furnistream.transforms.tables.RowLimit;
import io.furnistream.transforms.tables.TableReader;
import io.furnistream.transforms.text.KeyForm;
import io.furnistream.transforms.text.TopicName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.storage.Converter;

/** Configuration of {@link Lookup}. */
final class LookupConfig extends AbstractConfig {

  static final String FILE = "table.file";
  static final String TOPIC = "table.topic";
  static final String CONSUMER_PREFIX = "table.consumer.";
  static final String CONVERTER = "table.value.converter";
  static final String CONVERTER_PREFIX = CONVERTER + ".";
  static final String DELIMITER = "csv.delimiter";
  static final String KEY_FIELDS = "key.fields";
  static final String KEY_COLUMNS = "key.columns";
  static final String IGNORE_CASE = "key.ignore.case";
  static final String WILDCARD = "key.wildcard";
  static final String COLUMNS = "columns";
  static final String ON_MISS = "on.miss";
  static final String DEFAULTS = "defaults";
  static final String MISS_HEADER = "miss.header";
  static final String MAX_ROWS = "max.rows";
  static final String CHECK_SECONDS = "check.seconds";
  static final String START_SECONDS = "start.seconds";

  private static final String CSV = ".csv";
  private static final String PARQUET = ".parquet";
  private static final String BOOTSTRAP = CONSUMER_PREFIX + "bootstrap.servers";
  private static final String DEFAULT_ENTRY = "COLUMN=VALUE";

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              FILE,
              ConfigDef.Type.STRING,
              null,
              ConfigDef.LambdaValidator.with(
                  LookupConfig::requireFile, () -> "absolute path that ends in .csv or .parquet"),
              ConfigDef.Importance.HIGH,
              "Absolute path of the table, on every worker: CSV (UTF-8, names of the columns in the"
                  + " first line) or Parquet. Either this or <code>table.topic</code>.")
          .define(
              TOPIC,
              ConfigDef.Type.STRING,
              null,
              ConfigDef.LambdaValidator.with(LookupConfig::requireTopic, () -> "name of a topic"),
              ConfigDef.Importance.HIGH,
              "Compacted topic that is the table: a record's value is a row, a later record with the"
                  + " same key replaces it, a tombstone removes it. Properties of the"
                  + " consumer, such as <code>bootstrap.servers</code>, follow the prefix"
                  + " <code>table.consumer.</code>.")
          .define(
              KEY_FIELDS,
              ConfigDef.Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              Validators.paths(),
              ConfigDef.Importance.HIGH,
              "Names or paths of the record's fields that are looked up: text, whole numbers or"
                  + " booleans. They are compared with the table as text, in Unicode's normal form"
                  + " C, without white space around it, and with one blank for white space within;"
                  + " the fields themselves stay as they are.")
          .define(
              KEY_COLUMNS,
              ConfigDef.Type.LIST,
              List.of(),
              ConfigDef.LambdaValidator.with(
                  LookupConfig::requireNames, () -> "list of names of columns"),
              ConfigDef.Importance.HIGH,
              "The table's columns that they are looked up in, in the same order. By default those"
                  + " of the same names.")
          .define(
              IGNORE_CASE,
              ConfigDef.Type.BOOLEAN,
              false,
              ConfigDef.Importance.MEDIUM,
              "Whether capital and small letters are the same where keys are compared.")
          .define(
              WILDCARD,
              ConfigDef.Type.STRING,
              null,
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.MEDIUM,
              "Text, such as <code>*</code>, that stands for any value in the last of the table's"
                  + " key columns: the row that has it is for records that have no row of their"
                  + " own. By default no row is.")
          .define(
              COLUMNS,
              ConfigDef.Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  LookupConfig::requireColumns, () -> "list of " + LookupColumn.SYNTAX),
              ConfigDef.Importance.HIGH,
              "What is added: <code>COLUMN:TYPE</code>, or <code>FIELD=COLUMN:TYPE</code> where the"
                  + " field has another name or a path. Types are "
                  + ColumnType.NAMES
                  + "; nothing is rounded. The new fields are optional.")
          .define(
              ON_MISS,
              ConfigDef.Type.STRING,
              "null",
              ConfigDef.CaseInsensitiveValidString.in("null", "default", "fail", "header"),
              ConfigDef.Importance.HIGH,
              "What happens to a record without a row: <code>null</code> leaves the new fields null,"
                  + " <code>default</code> fills them from <code>defaults</code>,"
                  + " <code>fail</code> fails the record (dead-lettered where the connector says"
                  + " so), <code>header</code> leaves them null and adds a header.")
          .define(
              DEFAULTS,
              ConfigDef.Type.LIST,
              List.of(),
              ConfigDef.LambdaValidator.with(
                  LookupConfig::requireDefaults, () -> "list of " + DEFAULT_ENTRY),
              ConfigDef.Importance.MEDIUM,
              "With <code>on.miss=default</code>, <code>COLUMN=VALUE</code> for each column that is"
                  + " not to be null.")
          .define(
              MISS_HEADER,
              ConfigDef.Type.STRING,
              "lookup.miss",
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.LOW,
              "With <code>on.miss=header</code>, the header's name. Its value names the fields that"
                  + " were looked up.")
          .define(
              DELIMITER,
              ConfigDef.Type.STRING,
              ",",
              ConfigDef.LambdaValidator.with(
                  LookupConfig::requireDelimiter, () -> "one character, or tab"),
              ConfigDef.Importance.LOW,
              "What separates two cells of a CSV file; <code>tab</code> for a tab.")
          .define(
              MAX_ROWS,
              ConfigDef.Type.INT,
              100_000,
              ConfigDef.Range.between(1, 10_000_000),
              ConfigDef.Importance.MEDIUM,
              "The most rows that the table may have. More are refused: each task holds the table in"
                  + " the worker's heap.")
          .define(
              CHECK_SECONDS,
              ConfigDef.Type.INT,
              10,
              ConfigDef.Range.between(1, 86_400),
              ConfigDef.Importance.LOW,
              "Seconds after which a record makes the transform check the file for changes.")
          .define(
              START_SECONDS,
              ConfigDef.Type.INT,
              60,
              ConfigDef.Range.between(1, 600),
              ConfigDef.Importance.LOW,
              "Seconds that the first record waits until the topic has been read to its end. After"
                  + " that the record is tried again, as <code>errors.retry.timeout</code> says.")
          .define(
              CONVERTER,
              // Not a CLASS, which would have to be there wherever the properties are looked at.
              ConfigDef.Type.STRING,
              "org.apache.kafka.connect.json.JsonConverter",
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.LOW,
              "Converter of the topic's values, from the worker's class path or this plugin's"
                  + " folder. Its properties follow the prefix <code>table.value.converter.</code>;"
                  + " <code>schemas.enable</code> is false unless set.");

  LookupConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
    if ((getString(FILE) == null) == (getString(TOPIC) == null)) {
      throw new ConfigException("Set either " + FILE + " or " + TOPIC);
    }
    if (getString(TOPIC) != null && !originals().containsKey(BOOTSTRAP)) {
      throw new ConfigException(BOOTSTRAP + " is missing: where is " + TOPIC + "?");
    }
    if (keyFields().size() != keyColumns().size()) {
      throw new ConfigException(
          KEY_COLUMNS, getList(KEY_COLUMNS), "must name as many columns as " + KEY_FIELDS);
    }
    defaults();
  }

  /** Null where the table is a topic. */
  Path file() {
    return getString(FILE) == null ? null : Path.of(getString(FILE));
  }

  /** What reads the file. */
  TableReader reader() {
    return isFile(getString(FILE), PARQUET) ? TableReader.parquet() : TableReader.csv(delimiter());
  }

  String topic() {
    return getString(TOPIC);
  }

  /** What reads the topic's values, configured. */
  Converter converter() {
    Map<String, Object> settings = originalsWithPrefix(CONVERTER_PREFIX);
    settings.putIfAbsent("schemas.enable", "false");
    try {
      Converter converter = Utils.newInstance(getString(CONVERTER), Converter.class);
      converter.configure(settings, false);
      return converter;
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new ConfigException(
          CONVERTER,
          getString(CONVERTER),
          "must be a Converter on the worker's class path or in this plugin's folder");
    }
  }

  Map<String, Object> consumer() {
    return originalsWithPrefix(CONSUMER_PREFIX);
  }

  List<FieldPath> keyFields() {
    return getList(KEY_FIELDS).stream().map(FieldPath::parse).toList();
  }

  private List<String> keyColumns() {
    List<String> columns = getList(KEY_COLUMNS);
    return columns.isEmpty() ? keyFields().stream().map(FieldPath::name).toList() : columns;
  }

  /** What stands for any value in the last key column; null when nothing does. */
  String wildcard() {
    return getString(WILDCARD);
  }

  List<LookupColumn> columns() {
    return getList(COLUMNS).stream().map(LookupColumn::parse).toList();
  }

  ReferenceTable table() {
    return new ReferenceTable(keyColumns(), columns(), new KeyForm(getBoolean(IGNORE_CASE)));
  }

  /** The table's file or topic. */
  String source() {
    return topic() == null ? getString(FILE) : topic();
  }

  OnMiss onMiss() {
    return OnMiss.valueOf(getString(ON_MISS).toUpperCase(Locale.ROOT));
  }

  /** What the fields hold without a row. */
  Object[] defaults() {
    List<LookupColumn> columns = columns();
    Object[] values = new Object[columns.size()];
    for (String entry : getList(DEFAULTS)) {
      int equals = entry.indexOf('=');
      int index = equals < 0 ? -1 : indexOf(columns, entry.substring(0, equals).strip());
      if (index < 0) {
        throw new ConfigException(
            DEFAULTS, entry, "must be " + DEFAULT_ENTRY + ", with a column of " + COLUMNS);
      }
      try {
        values[index] = columns.get(index).type().read(entry.substring(equals + 1).strip());
      } catch (RuntimeException e) {
        throw new ConfigException(DEFAULTS, entry, "must hold a value of the column's type");
      }
    }
    if ((onMiss() == OnMiss.DEFAULT) == getList(DEFAULTS).isEmpty()) {
      throw new ConfigException(
          DEFAULTS, getList(DEFAULTS), "must be set with " + ON_MISS + "=default, and only then");
    }
    return values;
  }

  String missHeader() {
    return getString(MISS_HEADER);
  }

  RowLimit rowLimit() {
    return new RowLimit(getInt(MAX_ROWS), MAX_ROWS);
  }

  Duration checkEvery() {
    return Duration.ofSeconds(getInt(CHECK_SECONDS));
  }

  Duration startLimit() {
    return Duration.ofSeconds(getInt(START_SECONDS));
  }

  private char delimiter() {
    return getString(DELIMITER).equals("tab") ? '\t' : getString(DELIMITER).charAt(0);
  }

  private static int indexOf(List<LookupColumn> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).column().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isFile(String file, String suffix) {
    return file.toLowerCase(Locale.ROOT).endsWith(suffix);
  }

  private static void requireFile(String property, Object value) {
    String file = (String) value;
    // DuckDB would take these as patterns, and read other files too.
    if (file != null
        && (!isAbsolute(file)
            || !(isFile(file, CSV) || isFile(file, PARQUET))
            || file.matches(".*[*?\\[{].*"))) {
      throw new ConfigException(
          property,
          value,
          "must be an absolute path that ends in .csv or .parquet, without any of *?[{");
    }
  }

  private static boolean isAbsolute(String file) {
    try {
      return Path.of(file).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void requireNames(String property, Object value) {
    if (value == null || ((List<?>) value).contains("")) {
      throw new ConfigException(property, value, "must list names of columns");
    }
  }

  private static void requireDefaults(String property, Object value) {
    if (value == null || ((List<?>) value).stream().anyMatch(e -> ((String) e).indexOf('=') < 1)) {
      throw new ConfigException(property, value, "must list " + DEFAULT_ENTRY);
    }
  }

  private static void requireTopic(String property, Object value) {
    if (value != null && !TopicName.isLegal((String) value)) {
      throw new ConfigException(property, value, "must be the name of a topic: " + TopicName.LEGAL);
    }
  }

  private static void requireColumns(String property, Object value) {
    List<?> columns = (List<?>) value;
    if (columns == null || columns.isEmpty()) {
      throw new ConfigException(property, value, "must list at least one column");
    }
    for (Object column : columns) {
      try {
        LookupColumn.parse((String) column);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            property, column, "must be " + LookupColumn.SYNTAX + ": " + e.getMessage());
      }
    }
  }

  private static void requireDelimiter(String property, Object value) {
    if (!"tab".equals(value)
        && (value == null || ((String) value).length() != 1 || "\"\r\n".contains((String) value))) {
      throw new ConfigException(property, value, "must be one character, or tab");
    }
  }

  /** What happens to a record without a row. */
  enum OnMiss {
    NULL,
    DEFAULT,
    FAIL,
    HEADER
  }
}
