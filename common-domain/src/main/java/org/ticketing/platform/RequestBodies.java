package org.ticketing.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of every request before anything else does, and refuses one that is too large or
 * too slow, whatever the headers say of it. Most bodies are there with their headers. Only so many
 * others are waited for at a time, so that slow clients, who may be anybody, never keep all threads
 * waiting. Whatever comes after this finds the body in memory.
 */
class RequestBodies extends OncePerRequestFilter {

  /** How much is read in vain of a body that is too large, so that its sender reads the answer. */
  private static final long READ_IN_VAIN = DataSize.ofMegabytes(1).toBytes();

  private static final int PART = 8192;

  private final long limit;
  private final Duration time;
  private final Semaphore awaited;
  private final JsonMapper json;

  /**
   * @param limit how large a body may be
   * @param time how long a body may take that was not there with its headers
   * @param awaited how many of these are waited for at a time
   */
  RequestBodies(DataSize limit, Duration time, int awaited, JsonMapper json) {
    this.limit = limit.toBytes();
    this.time = time;
    this.awaited = new Semaphore(awaited);
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getContentLengthLong() <= 0
        && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body;
    try {
      body = read(request);
    } catch (Refusal refusal) {
      Problems.send(response, json, refusal);
      return;
    } catch (Overloaded refusal) {
      Problems.send(response, json, refusal);
      return;
    } catch (IOException brokenOrSilent) {
      // Tomcat has chosen the status already. It would report the exception, which it remembers, as
      // a failure of this process.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      return;
    }
    chain.doFilter(new ReadRequest(request, body), response);
  }

  private byte[] read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > limit + READ_IN_VAIN) {
      throw tooLarge();
    }
    var body = new Reading(request.getInputStream());
    while (body.isThere()) {
      body.readPart();
    }
    if (!body.isComplete()) {
      await(body);
    }
    if (body.size > limit) {
      throw tooLarge();
    }
    return body.bytes.toByteArray();
  }

  private void await(Reading body) throws IOException {
    if (!awaited.tryAcquire()) {
      throw new Overloaded();
    }
    try {
      long end = System.nanoTime() + time.toNanos();
      while (!body.isComplete()) {
        body.readPart();
        if (!body.isComplete() && System.nanoTime() - end > 0) {
          throw new Refusal(Reason.REQUEST_TIMEOUT, "The body of the request took too long.");
        }
      }
    } finally {
      awaited.release();
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        Reason.CONTENT_TOO_LARGE, "The body of a request has " + limit + " bytes at most.");
  }

  /** A body that is being read, part by part; what is beyond the limit is not kept. */
  private class Reading {

    private final ServletInputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final byte[] part = new byte[PART];
    private long size;
    private boolean ended;

    Reading(ServletInputStream in) {
      this.in = in;
    }

    boolean isComplete() {
      return ended || in.isFinished();
    }

    /** Whether the next part can be read without waiting for the client. */
    boolean isThere() throws IOException {
      return !isComplete() && in.available() > 0;
    }

    void readPart() throws IOException {
      int length = in.read(part);
      if (length < 0) {
        ended = true;
        return;
      }
      size += length;
      if (size <= limit) {
        bytes.write(part, 0, length);
      } else if (size > limit + READ_IN_VAIN) {
        throw tooLarge();
      }
    }
  }

  /** A request whose body was read. */
  private static class ReadRequest extends HttpServletRequestWrapper {

    private final ServletInputStream body;

    ReadRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = new Body(new ByteArrayInputStream(body));
    }

    @Override
    public ServletInputStream getInputStream() {
      return body;
    }

    @Override
    public BufferedReader getReader() {
      String encoding = getCharacterEncoding();
      return new BufferedReader(
          new InputStreamReader(
              body, encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding)));
    }
  }

  private static class Body extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Body(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the body has been read");
    }
  }
}
