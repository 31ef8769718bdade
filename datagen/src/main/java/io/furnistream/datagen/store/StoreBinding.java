package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.Locale;
import java.util.function.Function;

/** Makes objects of a file that is as its schema says. */
final class StoreBinding {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addDeserializer(LocalDate.class, new OfText<>(LocalDate.class, LocalDate::parse))
                  .addDeserializer(
                      MonthDay.class,
                      new OfText<>(MonthDay.class, day -> MonthDay.parse("--" + day)))
                  .addDeserializer(Month.class, new OfText<>(Month.class, StoreBinding::month))
                  .addDeserializer(
                      DayOfWeek.class, new OfText<>(DayOfWeek.class, StoreBinding::weekday))
                  .addKeyDeserializer(Month.class, new KeyOfText(StoreBinding::month))
                  .addKeyDeserializer(DayOfWeek.class, new KeyOfText(StoreBinding::weekday)))
          .build();

  private StoreBinding() {}

  /**
   * The objects.
   *
   * @throws io.furnistream.cli.WrongInputException for what the schema cannot say, such as a 30
   *     February
   */
  static StoreDocument bind(LocatedYaml yaml) {
    try {
      return MAPPER.treeToValue(yaml.root(), StoreDocument.class);
    } catch (JsonMappingException e) {
      JsonPointer place = JsonPointer.empty();
      for (JsonMappingException.Reference step : e.getPath()) {
        place =
            step.getFieldName() == null
                ? place.appendIndex(step.getIndex())
                : place.appendProperty(step.getFieldName());
      }
      throw yaml.wrong(place, e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw yaml.wrong(JsonPointer.empty(), e.getOriginalMessage());
    }
  }

  private static Month month(String name) {
    return Month.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static DayOfWeek weekday(String name) {
    return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static final class OfText<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> parse;

    private OfText(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      try {
        return parse.apply(text);
      } catch (DateTimeException e) {
        throw JsonMappingException.from(
            parser, "'" + text + "' is no day of the calendar. Write one that is", e);
      }
    }
  }

  private static final class KeyOfText extends KeyDeserializer {
    private final Function<String, ?> parse;

    private KeyOfText(Function<String, ?> parse) {
      this.parse = parse;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return parse.apply(key);
    }
  }
}
