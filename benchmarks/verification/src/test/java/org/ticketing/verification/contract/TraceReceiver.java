package org.ticketing.verification.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** A collector of traces (OTLP over HTTP) that keeps them in memory. */
final class TraceReceiver implements AutoCloseable {

  private static final String PATH = "/v1/traces";
  private static final String SERVICE_NAME = "service.name";

  /**
   * A span as it was sent.
   *
   * @param process the name of the process that sent it
   * @param parent empty if it is the first of its trace
   */
  record Span(
      String process,
      String name,
      boolean isServer,
      String trace,
      String id,
      String parent,
      Map<String, String> attributes) {}

  private final HttpServer server;
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

  private TraceReceiver(HttpServer server) {
    this.server = server;
  }

  static TraceReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var receiver = new TraceReceiver(server);
    server.createContext(PATH, receiver::receive);
    server.start();
    return receiver;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** All spans of a trace that have come so far. */
  List<Span> ofTrace(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** All spans that have come so far with this value of an attribute. */
  List<Span> with(String attribute, String value) {
    return spans.stream().filter(span -> value.equals(span.attributes().get(attribute))).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
          .getResourceSpansList()
          .forEach(this::keep);
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void keep(ResourceSpans ofProcess) {
    String process = attributes(ofProcess.getResource().getAttributesList()).get(SERVICE_NAME);
    HexFormat hex = HexFormat.of();
    ofProcess.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(
            span ->
                new Span(
                    process,
                    span.getName(),
                    span.getKind() == SpanKind.SPAN_KIND_SERVER,
                    hex.formatHex(span.getTraceId().toByteArray()),
                    hex.formatHex(span.getSpanId().toByteArray()),
                    hex.formatHex(span.getParentSpanId().toByteArray()),
                    attributes(span.getAttributesList())))
        .forEach(spans::add);
  }

  private static Map<String, String> attributes(List<KeyValue> sent) {
    return sent.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                attribute -> attribute.getValue().getStringValue(),
                (first, second) -> second));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
