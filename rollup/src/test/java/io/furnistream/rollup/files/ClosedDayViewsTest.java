package io.furnistream.rollup.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.parquet.FileColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;

/**
 * Holds the views that Superset's DuckDB has over the closed days to the files' schemas, and writes
 * them with {@code -DwriteViews}.
 */
class ClosedDayViewsTest {

  private static final Path VIEWS = Path.of("../superset/furnistream_superset/closed_days.json");
  private static final String COMMAND =
      "mvn -q -pl rollup -am test -Dtest=ClosedDayViewsTest -DwriteViews"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void theViewsHaveTheColumnsOfTheFiles() throws IOException {
    String expected =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(views()) + "\n";
    if (System.getProperty("writeViews") != null) {
      Files.writeString(VIEWS, expected);
    }

    assertThat(Files.readString(VIEWS)).as("Stale. Write it again: " + COMMAND).isEqualTo(expected);
  }

  private static ObjectNode views() {
    ObjectNode views = new ObjectMapper().createObjectNode();
    for (FileSchema<?> schema : FileSchema.ALL) {
      ObjectNode view = views.putObject(Path.of(schema.folder()).getFileName().toString());
      view.put("folder", schema.folder());
      ObjectNode columns = view.putObject("columns");
      for (FileColumn<?> column : schema.columns()) {
        columns.put(column.name(), duckDbType(column.parquet()));
      }
    }
    return views;
  }

  private static String duckDbType(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return "DECIMAL(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    if (LogicalTypeAnnotation.stringType().equals(logical)) {
      return "VARCHAR";
    }
    if (LogicalTypeAnnotation.dateType().equals(logical)) {
      return "DATE";
    }
    if (logical instanceof TimestampLogicalTypeAnnotation) {
      return "TIMESTAMP WITH TIME ZONE";
    }
    return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32 ? "INTEGER" : "BIGINT";
  }
}
