package org.ticketing.platform;

import java.text.Normalizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

/**
 * Gives every text that comes in its normal form NFC, so that two texts that look the same are the
 * same: a keyboard may send "é" as one character or as two.
 */
@Configuration(proxyBeanMethods = false)
public class NormalText {

  /** The text in normal form. */
  public static String of(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  @Bean
  Converter<String, String> normalParameters() {
    return new OfParameter();
  }

  /** Spring finds out from the class what it converts. */
  private static class OfParameter implements Converter<String, String> {

    @Override
    public String convert(String text) {
      return of(text);
    }
  }
}
