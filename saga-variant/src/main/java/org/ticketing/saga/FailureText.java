package org.ticketing.saga;

import java.nio.charset.StandardCharsets;
import org.apache.seata.saga.engine.serializer.Serializer;

/** Logs a failure as its text. Seata's own serializer writes and reads a Java object. */
class FailureText implements Serializer<Exception, byte[]> {

  @Override
  public byte[] serialize(Exception failure) {
    return failure == null ? null : failure.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The first line of a text, which may be null. */
  static String firstLine(String text) {
    return text == null ? null : text.lines().findFirst().orElse("");
  }

  @Override
  public Exception deserialize(byte[] text) {
    return text == null ? null : new RuntimeException(new String(text, StandardCharsets.UTF_8));
  }
}
