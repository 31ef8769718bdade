package io.furnistream.datagen.sales;

import io.furnistream.producing.RecordEncoder;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One order line as it goes to the topic {@code daily_records}.
 *
 * @param id names it and says which partition it belongs to
 */
public record GeneratedRecord(RecordId id, DailyRecordKey key, DailyRecord value) {

  /**
   * The record in the bytes of Kafka.
   *
   * @param encoder that no other thread uses
   */
  public ProducerRecord<byte[], byte[]> encoded(RecordEncoder encoder, List<Header> headers) {
    return encoder.encode(
        Topic.DAILY_RECORDS,
        id.partition(Topic.DAILY_RECORDS.partitions()),
        value.getTs(),
        key,
        value,
        headers);
  }
}
