package io.furnistream.transforms.fields;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.util.Requirements;

/**
 * A transform that works out some fields from others, in the key or the value, with a schema or
 * without one. What is null passes unchanged.
 *
 * @param <R> source or sink record
 */
public abstract class FieldTransform<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {

  private final RecordPart part;

  /** Used by Connect in messages about values that are not records; asking the class takes time. */
  private final String purpose = getClass().getEnclosingClass().getSimpleName();

  private List<FieldPath> inputs;
  private List<Input> schemalessInputs;
  private FieldTree outputs;
  private Writing writing;
  private String property;
  private SchemaCache<Plan> plans;

  /**
   * A transform that {@code configure} is still to be called on.
   *
   * @param part of a record that it reads and writes
   */
  protected FieldTransform(RecordPart part) {
    this.part = part;
  }

  /**
   * Says which fields are read and written; called by {@code configure}.
   *
   * @param inputs where the fields lie that are read
   * @param outputs where those lie that are written
   * @param property the one that names the outputs, for messages
   */
  protected final void use(
      List<FieldPath> inputs, List<FieldPath> outputs, Writing writing, String property) {
    this.inputs = inputs;
    this.schemalessInputs = inputs.stream().map(Input::schemaless).toList();
    this.outputs = FieldTree.of(outputs, property);
    this.writing = writing;
    this.property = property;
    this.plans = new SchemaCache<>();
  }

  /**
   * Schemas of the fields written, in their order.
   *
   * @throws DataException when an input is of a type that the transform does not take
   */
  protected abstract List<Schema> schemas(List<Input> inputs);

  /**
   * Values of the fields written, in their order.
   *
   * @param inputs the fields read; without schema where the record has none
   * @param values their values, each of which may be null
   * @throws DataException when a value cannot be worked with
   */
  protected abstract Object[] values(List<Input> inputs, Object[] values);

  /**
   * Called with each record that was updated.
   *
   * @param written the values that {@link #values} gave: the same array
   */
  protected void updated(R record, Object[] written) {
    // For transforms that say more than fields can.
  }

  @Override
  public final R apply(R record) {
    Object value = part.value(record);
    if (value == null) {
      return record;
    }
    return part.schema(record) == null
        ? applySchemaless(record, value)
        : applyWithSchema(record, value);
  }

  private R applyWithSchema(R record, Object value) {
    Struct struct = Requirements.requireStruct(value, purpose);
    Plan plan = plans.get(struct.schema(), this::plan);
    Object[] written = values(plan.inputs, read(plan.inputs, struct));
    R updated = part.replaced(record, plan.update.schema(), plan.update.apply(struct, written));
    updated(updated, written);
    return updated;
  }

  private R applySchemaless(R record, Object value) {
    Map<String, Object> map = Requirements.requireMap(value, purpose);
    Object[] written = values(schemalessInputs, read(schemalessInputs, map));
    R updated =
        part.replaced(record, null, MapUpdate.apply(map, outputs, written, writing, property));
    updated(updated, written);
    return updated;
  }

  private Plan plan(Schema schema) {
    List<Input> read = inputs.stream().map(path -> path.in(schema)).toList();
    return new Plan(read, StructUpdate.of(schema, outputs, schemas(read), writing, property));
  }

  private static Object[] read(List<Input> inputs, Object from) {
    Object[] values = new Object[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = inputs.get(i).valueIn(from);
    }
    return values;
  }

  @Override
  public String version() {
    return PluginVersion.VERSION;
  }

  @Override
  public void close() {
    plans = null;
  }

  private record Plan(List<Input> inputs, StructUpdate update) {}
}
