package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of Cassandra's migrations that can be compared with what is there.
 *
 * @param table the table's name, without the keyspace
 * @param creates whether it creates the table; otherwise it adds columns
 * @param columns those that the table then has, each with its type and whether it is static, as CQL
 *     writes it
 * @param statement as it is in the file
 */
record CqlMigration(String table, boolean creates, Map<String, String> columns, String statement) {

  private static final Pattern KEYSPACE =
      Pattern.compile("CREATE KEYSPACE IF NOT EXISTS furniture\\s.*", Pattern.DOTALL);
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS furniture\\.(\\w+) \\(\\n(.*?)\\n\\).*", Pattern.DOTALL);
  private static final Pattern COLUMNS =
      Pattern.compile(
          "ALTER TABLE furniture\\.(\\w+) ADD IF NOT EXISTS \\(\\n(.*?)\\n\\)", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("\\s*(\\w+) ([\\w<>, ]+?),?");
  private static final String KEY = "PRIMARY KEY";
  private static final String STATIC = " STATIC";

  /**
   * The statements of a file, without those about the keyspace itself, which follows the settings.
   *
   * @throws CannotRunException when one can be applied but not compared; the message names it
   */
  static List<CqlMigration> read(Path file) {
    List<CqlMigration> migrations = new ArrayList<>();
    try {
      for (String statement : CqlScript.statements(Files.readString(file))) {
        if (!KEYSPACE.matcher(statement).matches()) {
          migrations.add(read(file, statement));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return migrations;
  }

  private static CqlMigration read(Path file, String statement) {
    for (Pattern form : List.of(TABLE, COLUMNS)) {
      Matcher matcher = form.matcher(statement);
      if (matcher.matches()) {
        return new CqlMigration(
            matcher.group(1), form == TABLE, columns(file, matcher.group(2)), statement);
      }
    }
    throw new CannotRunException(
        "%s has a statement that cannot be compared with what is there: %s … Write CREATE TABLE IF NOT EXISTS furniture.NAME ( or ALTER TABLE furniture.NAME ADD IF NOT EXISTS (, then a line for each column, then )."
            .formatted(file, statement.lines().findFirst().orElse("")));
  }

  private static Map<String, String> columns(Path file, String lines) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String line : lines.lines().toList()) {
      if (line.strip().startsWith(KEY)) {
        continue;
      }
      Matcher column = COLUMN.matcher(line);
      if (!column.matches()) {
        throw new CannotRunException(
            "%s has a line that is not a column's name and type: %s".formatted(file, line.strip()));
      }
      columns.put(column.group(1), column.group(2));
    }
    return columns;
  }

  /** The type of a column. */
  String type(String column) {
    String definition = columns.get(column);
    return definition.endsWith(STATIC)
        ? definition.substring(0, definition.length() - STATIC.length())
        : definition;
  }

  /** The statement that adds one of the columns to a table that lacks it. */
  String adding(String column) {
    return "ALTER TABLE furniture.%s ADD IF NOT EXISTS %s %s"
        .formatted(table, column, columns.get(column));
  }
}
