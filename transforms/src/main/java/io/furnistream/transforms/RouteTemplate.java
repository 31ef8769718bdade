package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.Input;
import io.furnistream.transforms.fields.RecordPart;
import io.furnistream.transforms.text.KeyText;
import io.furnistream.transforms.text.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * A topic's name with places for what a record holds: {@code ${topic}}, {@code ${key.FIELD}} and
 * {@code ${value.FIELD}}, where a field may be a path.
 */
final class RouteTemplate {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
  private static final String TOPIC = "topic";
  private static final String KEY = "key.";
  private static final String VALUE = "value.";

  private final List<Piece> pieces;

  private RouteTemplate(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static RouteTemplate parse(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = PLACE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      addLiteral(pieces, text.substring(from, matcher.start()));
      pieces.add(place(matcher.group(1)));
      from = matcher.end();
    }
    addLiteral(pieces, text.substring(from));
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    return new RouteTemplate(List.copyOf(pieces));
  }

  private static void addLiteral(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      if (!TopicName.sanitised(text).equals(text)) {
        throw new IllegalArgumentException("'" + text + "' cannot be part of a topic's name");
      }
      pieces.add(new Literal(text));
    }
  }

  private static Piece place(String content) {
    if (content.equals(TOPIC)) {
      return new Topic();
    }
    if (content.startsWith(KEY)) {
      return new FieldText(RecordPart.KEY, FieldPath.parse(content.substring(KEY.length())));
    }
    if (content.startsWith(VALUE)) {
      return new FieldText(RecordPart.VALUE, FieldPath.parse(content.substring(VALUE.length())));
    }
    throw new IllegalArgumentException("${" + content + "} names no part of a record");
  }

  /** Whether the record has each part that the template reads: a tombstone has no value. */
  boolean fits(ConnectRecord<?> record) {
    for (Piece piece : pieces) {
      if (piece instanceof FieldText field && field.part.value(record) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * The name that a record gives.
   *
   * @param naming turns a field's text into its part of the name
   * @return null when one of its fields is null or empty
   */
  String name(ConnectRecord<?> record, UnaryOperator<String> naming) {
    StringBuilder name = new StringBuilder();
    for (Piece piece : pieces) {
      String text = piece.text(record, naming);
      if (text == null || text.isEmpty()) {
        return null;
      }
      name.append(text);
    }
    return name.toString();
  }

  private interface Piece {
    String text(ConnectRecord<?> record, UnaryOperator<String> naming);
  }

  private record Literal(String text) implements Piece {
    @Override
    public String text(ConnectRecord<?> record, UnaryOperator<String> naming) {
      return text;
    }
  }

  private record Topic() implements Piece {
    @Override
    public String text(ConnectRecord<?> record, UnaryOperator<String> naming) {
      return record.topic();
    }
  }

  private record FieldText(RecordPart part, FieldPath path) implements Piece {

    @Override
    public String text(ConnectRecord<?> record, UnaryOperator<String> naming) {
      Object value = path.valueIn(part.value(record));
      if (value == null) {
        return null;
      }
      if (KeyText.accepts(value)) {
        return naming.apply(value.toString());
      }
      throw Input.schemaless(path).wrongType(value, KeyText.ACCEPTED);
    }
  }
}
