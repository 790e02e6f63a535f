package org.ticketing.experiments.chart;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements of an SVG image, written one after the other. Numbers have one decimal at most. */
final class Svg {

  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter xml;

  Svg() {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
    } catch (XMLStreamException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A number as it is written. */
  static String number(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(1, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /**
   * @param attributes names and values in turn
   */
  void open(String element, Object... attributes) {
    try {
      xml.writeStartElement(element);
      write(attributes);
    } catch (XMLStreamException failure) {
      throw new IllegalStateException(failure);
    }
  }

  void close() {
    try {
      xml.writeEndElement();
      xml.flush();
    } catch (XMLStreamException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** An element without content. */
  void empty(String element, Object... attributes) {
    try {
      xml.writeEmptyElement(element);
      write(attributes);
    } catch (XMLStreamException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** An element with text in it. */
  void write(String element, String text, Object... attributes) {
    open(element, attributes);
    try {
      xml.writeCharacters(text);
    } catch (XMLStreamException failure) {
      throw new IllegalStateException(failure);
    }
    close();
  }

  /** Text that begins at a point, or is placed there otherwise by its classes. */
  void text(double x, double y, String classes, String text) {
    write("text", text, "class", classes, "x", x, "y", y);
  }

  void line(String classes, double fromX, double fromY, double toX, double toY) {
    empty("line", "class", classes, "x1", fromX, "y1", fromY, "x2", toX, "y2", toY);
  }

  private void write(Object... attributes) throws XMLStreamException {
    for (int index = 0; index < attributes.length; index += 2) {
      Object value = attributes[index + 1];
      xml.writeAttribute(
          (String) attributes[index],
          value instanceof Number number ? number(number.doubleValue()) : value.toString());
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
