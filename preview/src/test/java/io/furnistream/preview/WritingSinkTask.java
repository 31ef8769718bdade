package io.furnistream.preview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Writes each record as {@code topic key value}, the fields in the order of their names. */
public final class WritingSinkTask extends SinkTask {

  static final String FILE = "lines";

  private Path file;

  @Override
  public void start(Map<String, String> properties) {
    file = Path.of(properties.get(FILE));
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      try {
        Files.writeString(
            file,
            record.topic() + " " + sorted(record.key()) + " " + sorted(record.value()) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Object sorted(Object value) {
    return value instanceof Map<?, ?> map ? new TreeMap<>(map) : value;
  }

  @Override
  public void stop() {
    // Nothing is held.
  }

  @Override
  public String version() {
    return "test";
  }
}
