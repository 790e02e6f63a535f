package org.ticketing.platform;

import java.text.Normalizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Gives every text that comes in its normal form NFC, so that two texts that look the same are the
 * same: a keyboard may send "é" as one character or as two. In a body it also refuses the
 * character NUL, because PostgreSQL cannot store it.
 */
@Configuration(proxyBeanMethods = false)
class PlainText {

  @Bean
  JsonMapperBuilderCustomizer textsInBodies() {
    return mapper ->
        mapper.addModule(new SimpleModule().addDeserializer(String.class, new TextInBody()));
  }

  @Bean
  Converter<String, String> textsInParameters() {
    return new TextInParameter();
  }

  private static class TextInParameter implements Converter<String, String> {

    @Override
    public String convert(String text) {
      return normalised(text);
    }
  }

  private static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static class TextInBody extends StdScalarDeserializer<String> {

    TextInBody() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
      String text = json.getValueAsString();
      if (text == null || text.indexOf('\0') >= 0) {
        return (String) context.handleUnexpectedToken(context.constructType(String.class), json);
      }
      return normalised(text);
    }
  }
}
