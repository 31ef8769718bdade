package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldTransform;
import io.furnistream.transforms.fields.Input;
import io.furnistream.transforms.fields.RecordPart;
import io.furnistream.transforms.fields.Writing;
import io.furnistream.transforms.text.Tokens;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Replaces fields that say who somebody is by tokens: the same person gets the same token, and
 * without the key nobody can see who it is.
 *
 * <p>A token is the beginning, in hexadecimal digits, of HMAC-SHA-256 over the domain and the text.
 * Text is brought into Unicode's normal form C first; case and blanks count. A whole number is
 * taken as its decimal digits. Null stays null. Used by one thread, as Connect does.
 *
 * @param <R> source or sink record
 */
public abstract class Pseudonymise<R extends ConnectRecord<R>> extends FieldTransform<R> {

  /** What the transform does, for generated documentation. */
  public static final String OVERVIEW_DOC =
      "Replace fields that say who somebody is by tokens (keyed HMAC-SHA-256): the same text gets"
          + " the same token.<p/>Use the concrete transformation type designed for the record key"
          + " (<code>"
          + Key.class.getName()
          + "</code>) or value (<code>"
          + Value.class.getName()
          + "</code>).";

  /** The properties it takes. */
  public static final ConfigDef CONFIG_DEF = PseudonymiseConfig.CONFIG_DEF;

  private static final String ACCEPTED = "text or a whole number";

  private Tokens tokens;

  private Pseudonymise(RecordPart part) {
    super(part);
  }

  @Override
  public void configure(Map<String, ?> properties) {
    PseudonymiseConfig config = new PseudonymiseConfig(properties);
    tokens = new Tokens(config.key(), config.domain(), config.length());
    use(config.fields(), config.fields(), Writing.REPLACES, PseudonymiseConfig.FIELDS);
  }

  @Override
  protected List<Schema> schemas(List<Input> inputs) {
    return inputs.stream().map(Pseudonymise::token).toList();
  }

  /**
   * Neither name nor default is kept: a token is not a uuid, and a default would reveal the value.
   */
  private static Schema token(Input input) {
    switch (input.schema().type()) {
      case STRING -> {
        // Whatever its logical type, it is text.
      }
      case INT8, INT16, INT32, INT64 -> {
        if (input.schema().name() != null) {
          throw input.wrongType(null, ACCEPTED);
        }
      }
      default -> throw input.wrongType(null, ACCEPTED);
    }
    SchemaBuilder builder = SchemaBuilder.string().doc(input.schema().doc());
    return input.schema().isOptional() ? builder.optional().build() : builder.build();
  }

  @Override
  protected Object[] values(List<Input> inputs, Object[] values) {
    Object[] written = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      written[i] = values[i] == null ? null : tokens.of(text(inputs.get(i), values[i]));
    }
    return written;
  }

  private static String text(Input input, Object value) {
    if (value instanceof String
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return value.toString();
    }
    throw input.wrongType(value, ACCEPTED);
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public void close() {
    super.close();
    tokens = null;
  }

  /**
   * Works on the record's key.
   *
   * @param <R> source or sink record
   */
  public static final class Key<R extends ConnectRecord<R>> extends Pseudonymise<R> {

    /** Made by Connect. */
    public Key() {
      super(RecordPart.KEY);
    }
  }

  /**
   * Works on the record's value.
   *
   * @param <R> source or sink record
   */
  public static final class Value<R extends ConnectRecord<R>> extends Pseudonymise<R> {

    /** Made by Connect. */
    public Value() {
      super(RecordPart.VALUE);
    }
  }
}
