package io.furnistream.schemas;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a keyspace is replicated: as lines of their own, or in one as CQL writes it. */
final class CassandraReplication {

  private static final String CLASS = "class";
  private static final String FACTOR = "replication_factor";
  private static final String SIMPLE = "SimpleStrategy";
  private static final String TOPOLOGY = "NetworkTopologyStrategy";
  private static final Pattern ENTRY =
      Pattern.compile("\\s*'([\\w.-]+)'\\s*:\\s*(?:'([\\w.-]+)'|(\\d+))\\s*");
  private static final Pattern MAP = Pattern.compile("\\{(.*)}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");
  private static final String FORM = "{'class': 'NetworkTopologyStrategy', 'dc1': 3}";

  private CassandraReplication() {}

  static Map<String, String> of(SettingsFile file, String key) {
    SortedMap<String, String> lines = file.group(key);
    Map<String, String> replication = new TreeMap<>();
    if (lines.containsKey(key)) {
      if (lines.size() > 1) {
        throw file.wrong(key, "that line alone, or leave it out: there is also " + lines.lastKey());
      }
      replication.putAll(parsed(file, key, lines.get(key)));
    } else {
      lines.forEach((name, value) -> replication.put(name.substring(key.length() + 1), value));
    }
    check(file, lines.containsKey(key) ? key : key + "." + CLASS, replication);
    return replication;
  }

  private static Map<String, String> parsed(SettingsFile file, String key, String text) {
    Map<String, String> replication = new TreeMap<>();
    Matcher map = MAP.matcher(text);
    if (!map.matches()) {
      throw file.wrong(key, "a map such as " + FORM);
    }
    for (String each : map.group(1).split(",", -1)) {
      Matcher entry = ENTRY.matcher(each);
      if (!entry.matches()) {
        throw file.wrong(key, "a map such as " + FORM);
      }
      String value = entry.group(2) == null ? entry.group(3) : entry.group(2);
      if (replication.put(entry.group(1), value) != null) {
        throw file.wrong(key, "'%s' once".formatted(entry.group(1)));
      }
    }
    return replication;
  }

  private static void check(SettingsFile file, String key, Map<String, String> replication) {
    String strategy = replication.getOrDefault(CLASS, "");
    if (!strategy.equals(SIMPLE) && !strategy.equals(TOPOLOGY)) {
      throw file.wrong(key, SIMPLE + " or " + TOPOLOGY);
    }
    Map<String, String> factors = new TreeMap<>(replication);
    factors.remove(CLASS);
    if (factors.isEmpty()) {
      throw file.wrong(
          key, "also how many copies there are, such as cassandra.replication.dc1=3 beside it");
    }
    factors.forEach(
        (name, factor) -> {
          if (!NUMBER.matcher(factor).matches()) {
            throw file.wrong(key, "a number of copies from 1 to 99 for '%s'".formatted(name));
          }
          if (strategy.equals(SIMPLE) && !name.equals(FACTOR)) {
            throw file.wrong(
                key,
                "%s with %s alone; datacenters are for %s".formatted(SIMPLE, FACTOR, TOPOLOGY));
          }
        });
  }
}
