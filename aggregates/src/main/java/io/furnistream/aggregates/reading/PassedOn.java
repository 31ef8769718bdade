package io.furnistream.aggregates.reading;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Something that one step of reading a record passes to the next in the record's headers. No bytes
 * of a producer can look like it, and it never leaves the process.
 */
public interface PassedOn extends Header {

  @Override
  default byte[] value() {
    return null;
  }

  /** Takes what was passed on under a name out of the headers; null when nothing was. */
  static <T extends PassedOn> T takenFrom(Headers headers, String name, Class<T> type) {
    Header last = headers.lastHeader(name);
    if (!type.isInstance(last)) {
      return null;
    }
    headers.remove(name);
    return type.cast(last);
  }
}
