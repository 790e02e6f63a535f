package org.ticketing.platform;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Brings the texts in bodies into {@linkplain NormalText normal form}, and refuses requests with the
 * character NUL in one, because PostgreSQL cannot store it.
 */
@Configuration(proxyBeanMethods = false)
class PlainText {

  @Bean
  JsonMapperBuilderCustomizer withoutNul() {
    return mapper ->
        mapper.addModule(new SimpleModule().addDeserializer(String.class, new WithoutNul()));
  }

  private static class WithoutNul extends StdScalarDeserializer<String> {

    WithoutNul() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
      String text = json.getValueAsString();
      if (text == null || text.indexOf('\0') >= 0) {
        return (String) context.handleUnexpectedToken(context.constructType(String.class), json);
      }
      return NormalText.of(text);
    }
  }
}
