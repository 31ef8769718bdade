package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;

/** The views that PostgreSQL's migrations leave behind. */
final class ReportViews {

  private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");
  private static final Pattern ANY =
      Pattern.compile("(?i)\\b(?:CREATE|DROP)(?:\\s+OR\\s+REPLACE)?\\s+VIEW\\b[^;]*");
  private static final Pattern CREATED =
      Pattern.compile("(?is)CREATE(?:\\s+OR\\s+REPLACE)?\\s+VIEW\\s+(\\w+\\.\\w+)\\s+AS\\b.*");
  private static final Pattern DROPPED =
      Pattern.compile("(?is)DROP\\s+VIEW\\s+(\\w+\\.\\w+(?:\\s*,\\s*\\w+\\.\\w+)*)\\s*");

  private ReportViews() {}

  /**
   * Names of the views, each with its schema.
   *
   * @param migrations folder of Flyway's {@code V*.sql}
   * @throws CannotRunException when a statement about a view is written in another way than these
   *     are read; the message names it
   */
  static SortedSet<String> of(Path migrations) {
    SortedSet<String> views = new TreeSet<>();
    List<Path> files =
        PlatformFiles.files(migrations, ".sql").stream()
            .sorted(Comparator.comparing(ReportViews::version))
            .toList();
    for (Path file : files) {
      Matcher statement = ANY.matcher(COMMENT.matcher(read(file)).replaceAll(""));
      while (statement.find()) {
        follow(file, statement.group(), views);
      }
    }
    return views;
  }

  private static void follow(Path file, String statement, SortedSet<String> views) {
    Matcher created = CREATED.matcher(statement);
    Matcher dropped = DROPPED.matcher(statement);
    if (created.matches()) {
      views.add(created.group(1));
    } else if (dropped.matches()) {
      views.removeAll(List.of(dropped.group(1).split("\\s*,\\s*", -1)));
    } else {
      throw new CannotRunException(
          "%s has a statement about a view that cannot be compared with what is there: %s … Write CREATE VIEW SCHEMA.NAME AS, or DROP VIEW SCHEMA.NAME, SCHEMA.NAME."
              .formatted(file, statement.lines().findFirst().orElse("")));
    }
  }

  private static MigrationVersion version(Path file) {
    String name = file.getFileName().toString();
    return MigrationVersion.fromVersion(name.substring(1).split("__", 2)[0]);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
