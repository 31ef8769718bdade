package io.furnistream.transforms.fields;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;

/** The half of a record that a transform works on. */
public enum RecordPart {
  /** The key. */
  KEY {
    @Override
    public Schema schema(ConnectRecord<?> record) {
      return record.keySchema();
    }

    @Override
    public Object value(ConnectRecord<?> record) {
      return record.key();
    }

    @Override
    <R extends ConnectRecord<R>> R replaced(R record, Schema schema, Object value) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          schema,
          value,
          record.valueSchema(),
          record.value(),
          record.timestamp());
    }
  },

  /** The value. */
  VALUE {
    @Override
    public Schema schema(ConnectRecord<?> record) {
      return record.valueSchema();
    }

    @Override
    public Object value(ConnectRecord<?> record) {
      return record.value();
    }

    @Override
    <R extends ConnectRecord<R>> R replaced(R record, Schema schema, Object value) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          record.keySchema(),
          record.key(),
          schema,
          value,
          record.timestamp());
    }
  };

  /** The part's schema; null when it has none. */
  public abstract Schema schema(ConnectRecord<?> record);

  /** The part itself; null in a tombstone, or without a key. */
  public abstract Object value(ConnectRecord<?> record);

  /** The record with this part replaced and all else kept, its headers too. */
  abstract <R extends ConnectRecord<R>> R replaced(R record, Schema schema, Object value);
}
