package io.furnistream.datagen.faults;

import io.furnistream.schemas.DailyRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Schemas that the contract's drifts to: what another version of a producer would write by. */
final class DriftedSchemas {

  /** A field that no version of the contract has. */
  static final String NEW_FIELD = "gift_note";

  private static final String ITS_TEXT = "With our best wishes";

  private DriftedSchemas() {}

  /** Those that can be read as the contract: a new optional field in the middle, a new default. */
  static List<Schema> compatible() {
    return List.of(grown(), widened());
  }

  /**
   * One that cannot: a record of another name, in which the quantity is text. It belongs under a
   * subject of its own, which is its full name.
   */
  static Schema foreign() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : contract().getFields()) {
      fields.add(
          field.name().equals("quantity")
              ? new Schema.Field(field.name(), Schema.create(Schema.Type.STRING), "Text.")
              : new Schema.Field(field, field.schema()));
    }
    return Schema.createRecord(
        "DriftedRecord",
        "An order line, by a schema that daily_records does not have.",
        DriftedSchemas.class.getPackageName(),
        false,
        fields);
  }

  /** The same sale as a drifted schema writes it. */
  static GenericRecord as(Schema drifted, GenericRecord sale) {
    GenericRecord value = new GenericData.Record(drifted);
    for (Schema.Field field : drifted.getFields()) {
      Object plain = field.name().equals(NEW_FIELD) ? ITS_TEXT : sale.get(field.name());
      boolean asText = field.schema().getType() == Schema.Type.STRING && plain instanceof Integer;
      value.put(field.pos(), asText ? plain.toString() : plain);
    }
    return value;
  }

  private static Schema grown() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : contract().getFields()) {
      if (field.name().equals("category")) {
        fields.add(
            new Schema.Field(
                NEW_FIELD,
                Schema.createUnion(
                    Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
                "What stands on the card. Text; null where there is none.",
                Schema.Field.NULL_DEFAULT_VALUE));
      }
      fields.add(new Schema.Field(field, field.schema()));
    }
    return likeTheContract(fields);
  }

  private static Schema widened() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : contract().getFields()) {
      fields.add(
          field.name().equals("segment")
              ? new Schema.Field(
                  field.name(),
                  field.schema(),
                  field.doc() + " Consumer where a source has none.",
                  "Consumer")
              : new Schema.Field(field, field.schema()));
    }
    return likeTheContract(fields);
  }

  private static Schema likeTheContract(List<Schema.Field> fields) {
    Schema contract = contract();
    return Schema.createRecord(
        contract.getName(), contract.getDoc(), contract.getNamespace(), false, fields);
  }

  private static Schema contract() {
    return DailyRecord.getClassSchema();
  }
}
