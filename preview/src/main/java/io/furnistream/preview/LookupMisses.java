package io.furnistream.preview;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The keys that the chain's lookups have found no row for, read from JMX as an operator of a worker
 * would, since a plugin's classes are not visible here.
 */
final class LookupMisses {

  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
  private static final ObjectName LOOKUPS = lookups();

  private final Map<ObjectName, Long> counts;

  private LookupMisses(Map<ObjectName, Long> counts) {
    this.counts = counts;
  }

  /** As many as there are by now. */
  static LookupMisses now() {
    Map<ObjectName, Long> counts = new HashMap<>();
    for (ObjectName lookup : JMX.queryNames(LOOKUPS, null)) {
      counts.put(lookup, (Long) attribute(lookup, "Misses"));
    }
    return new LookupMisses(counts);
  }

  /** Those that came since, in words. */
  List<String> since() {
    List<String> notes = new ArrayList<>();
    now()
        .counts
        .forEach(
            (lookup, count) -> {
              if (count > counts.getOrDefault(lookup, 0L)) {
                notes.add(
                    "no row for %s in %s"
                        .formatted(
                            attribute(lookup, "LastMiss"),
                            ObjectName.unquote(lookup.getKeyProperty("table"))));
              }
            });
    return notes;
  }

  private static Object attribute(ObjectName lookup, String name) {
    try {
      return JMX.getAttribute(lookup, name);
    } catch (JMException e) {
      throw new IllegalStateException(lookup + " has no " + name, e);
    }
  }

  private static ObjectName lookups() {
    try {
      return new ObjectName("io.furnistream.transforms:type=Lookup,*");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }
}
