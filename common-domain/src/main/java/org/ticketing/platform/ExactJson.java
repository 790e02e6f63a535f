package org.ticketing.platform;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads values as they are written or not at all: a number that is not whole is not rounded, a text
 * is not taken for a number, and a number is neither a text nor a time. Times are read as precisely
 * as they are stored, to the microsecond. Fields that a record does not have are ignored, so that
 * processes of different versions understand each other.
 */
@Configuration(proxyBeanMethods = false)
class ExactJson {

  @Bean
  JsonMapperBuilderCustomizer exactly() {
    return mapper ->
        mapper
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(
                new SimpleModule()
                    .addDeserializer(String.class, new OfText<>(String.class, ExactJson::storable))
                    .addDeserializer(Instant.class, new OfText<>(Instant.class, ExactJson::instant))
                    .addDeserializer(
                        Duration.class, new OfText<>(Duration.class, ExactJson::duration)));
  }

  /** In normal form, and without the character NUL, which PostgreSQL cannot store. */
  private static String storable(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("NUL");
    }
    return NormalText.of(text);
  }

  private static Instant instant(String text) {
    return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
  }

  private static Duration duration(String text) {
    return Duration.parse(text).truncatedTo(ChronoUnit.MICROS);
  }

  /** Reads a value out of a text, and out of nothing else. */
  private static class OfText<T> extends StdScalarDeserializer<T> {

    private final Class<T> type;
    private final Function<String, T> reading;

    OfText(Class<T> type, Function<String, T> reading) {
      super(type);
      this.type = type;
      this.reading = reading;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return type.cast(context.handleUnexpectedToken(context.constructType(type), json));
      }
      String text = json.getValueAsString();
      try {
        return reading.apply(text);
      } catch (IllegalArgumentException | DateTimeException unreadable) {
        return type.cast(context.handleWeirdStringValue(type, text, "not readable"));
      }
    }
  }
}
