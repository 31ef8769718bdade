package io.furnistream.datagen.sink;

import io.furnistream.schemas.DailyRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Reads files of sales with readers that share no code with what wrote them. */
public final class SalesFiles {

  private static final Path CONTRACT = Path.of("../schemas/src/main/avro/DailyRecord.avsc");

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private SalesFiles() {}

  /** The rows of a file in its order, each value as text. */
  public static List<List<String>> rows(Path file) throws Exception {
    String name = file.toString();
    if (name.endsWith(".avro")) {
      return avro(file);
    }
    return name.endsWith(".csv")
        ? duckDb("FROM read_csv('" + file + "', header = true, all_varchar = true)")
        : duckDb("FROM read_parquet('" + file + "')");
  }

  /** How many rows a file has. */
  public static long count(Path file) throws Exception {
    String name = file.toString();
    if (name.endsWith(".avro")) {
      long count = 0;
      try (DataFileReader<GenericRecord> reader = avroReader(file, GenericData.get())) {
        for (GenericRecord each = null; reader.hasNext(); count++) {
          each = reader.next(each);
        }
      }
      return count;
    }
    return Long.parseLong(duckDb("SELECT count(*) FROM '" + file + "'").get(0).get(0));
  }

  /** The rows that records of the contract's class make. */
  public static List<List<String>> rows(List<DailyRecord> sales) {
    List<List<String>> rows = new ArrayList<>();
    for (DailyRecord sale : sales) {
      List<String> row = new ArrayList<>();
      for (Schema.Field field : sale.getSchema().getFields()) {
        row.add(text(sale.get(field.pos())));
      }
      rows.add(row);
    }
    return rows;
  }

  /** What DuckDB answers. */
  public static List<List<String>> duckDb(String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(text(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<List<String>> avro(Path file) throws IOException {
    GenericData logical = new GenericData();
    logical.addLogicalTypeConversion(new Conversions.DecimalConversion());
    logical.addLogicalTypeConversion(new TimeConversions.DateConversion());
    logical.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    List<List<String>> rows = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader = avroReader(file, logical)) {
      for (GenericRecord each : reader) {
        List<String> row = new ArrayList<>();
        for (Schema.Field field : each.getSchema().getFields()) {
          row.add(text(each.get(field.pos())));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** With the contract as the reader's schema, and the file's own as the writer's. */
  private static DataFileReader<GenericRecord> avroReader(Path file, GenericData values)
      throws IOException {
    Schema contract = new Schema.Parser().parse(CONTRACT.toFile());
    return new DataFileReader<>(
        file.toFile(), new GenericDatumReader<>(contract, contract, values));
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof OffsetDateTime time) {
      return ISO.format(time.toInstant());
    }
    return value instanceof Instant time ? ISO.format(time) : value.toString();
  }
}
