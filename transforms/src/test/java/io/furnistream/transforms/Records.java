package io.furnistream.transforms;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** Records for tests, and transforms to put them through. */
final class Records {

  private Records() {}

  static SinkRecord ofValue(Struct value) {
    return ofValue(value.schema(), value);
  }

  static SinkRecord ofValue(Map<String, ?> value) {
    return ofValue(null, value);
  }

  static SinkRecord ofValue(Schema schema, Object value) {
    return new SinkRecord("sales", 0, Schema.STRING_SCHEMA, "k", schema, value, 0);
  }

  static SinkRecord ofKey(Struct key) {
    return new SinkRecord("sales", 0, key.schema(), key, Schema.STRING_SCHEMA, "v", 0);
  }

  static SinkRecord tombstone() {
    return new SinkRecord("sales", 0, Schema.STRING_SCHEMA, "k", null, null, 0);
  }

  static <T extends Transformation<SinkRecord>> T configured(
      T transform, Map<String, String> properties) {
    transform.configure(properties);
    return transform;
  }
}
