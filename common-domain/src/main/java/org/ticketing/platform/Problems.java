package org.ticketing.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure with a problem detail (RFC 9457) of a stable type. */
@RestControllerAdvice
public class Problems extends ResponseEntityExceptionHandler {

  /** Followed by the reason, this is the {@code type} of every problem detail. */
  public static final String TYPE_PREFIX = "urn:ticketing:problem:";

  private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, long.class);

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  static ProblemDetail problem(Reason reason, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status(reason), detail);
    problem.setType(URI.create(TYPE_PREFIX + reason.id()));
    return problem;
  }

  private static HttpStatus status(Reason reason) {
    return switch (reason) {
      case INVALID_REQUEST, XID_REQUIRED -> HttpStatus.BAD_REQUEST;
      case REQUEST_TIMEOUT -> HttpStatus.REQUEST_TIMEOUT;
      case CONTENT_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case AUTHENTICATION_REQUIRED, INVALID_TOKEN, WRONG_CREDENTIALS, PARTNER_KEY_REQUIRED ->
          HttpStatus.UNAUTHORIZED;
      case FORBIDDEN, NOT_YOUR_QUEUE_TOKEN, NOT_YOUR_RESERVATION, NOT_YOUR_PAYMENT ->
          HttpStatus.FORBIDDEN;
      case UNKNOWN_USER,
          UNKNOWN_CONCERT,
          UNKNOWN_SCHEDULE,
          UNKNOWN_QUEUE_TOKEN,
          UNKNOWN_SEAT,
          UNKNOWN_RESERVATION,
          UNKNOWN_PAYMENT,
          UNKNOWN_PARTNER,
          UNKNOWN_COORDINATOR,
          UNKNOWN_TRANSACTION ->
          HttpStatus.NOT_FOUND;
      case EMAIL_TAKEN,
          USER_WITHDRAWN,
          POINTS_REMAIN,
          RESERVATIONS_REMAIN,
          CONCERT_CANCELLED,
          NOT_ON_SALE,
          NOT_ADMITTED,
          SEAT_EXISTS,
          SEAT_TAKEN,
          RESERVATION_EXPIRED,
          RESERVATION_NOT_HELD,
          PRICE_CHANGED,
          INSUFFICIENT_POINTS,
          PAYMENT_IN_PROGRESS,
          PAYMENT_UNDONE,
          PARTNER_EXISTS,
          PARTNER_ENDED,
          COORDINATOR_RUNNING ->
          HttpStatus.CONFLICT;
      case LAYOUT_TOO_LARGE, HOLD_TOO_LONG, BALANCE_LIMIT, IDEMPOTENCY_KEY_REUSED ->
          HttpStatus.UNPROCESSABLE_CONTENT;
      case TOO_MANY_LOGINS, TOO_MANY_PAYMENTS -> HttpStatus.TOO_MANY_REQUESTS;
      case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
      case PAYMENT_CANCELLED, SERVICE_UNAVAILABLE, OUTCOME_UNKNOWN ->
          HttpStatus.SERVICE_UNAVAILABLE;
    };
  }

  /** The reason that a problem's type ends with; none if it is not a problem of ours. */
  static Optional<Reason> reasonOf(String type) {
    return type.startsWith(TYPE_PREFIX)
        ? Reason.of(type.substring(TYPE_PREFIX.length()))
        : Optional.empty();
  }

  static ProblemDetail forbidden() {
    return problem(Reason.FORBIDDEN, "This is not yours to see or to do.");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> forbidden(AccessDeniedException denied) {
    return answer(forbidden());
  }

  /**
   * Spring Security's firewall checks a header when it is read, which can be as late as in a
   * controller.
   */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> rejected(RequestRejectedException rejected) {
    return answer(problem(Reason.INVALID_REQUEST, "A header or the path is malformed."));
  }

  /** A value has passed validation, but the database cannot store it. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> notStorable(DataIntegrityViolationException failure) {
    log.warn("Not storable: {}", failure.getMostSpecificCause().getMessage());
    return answer(problem(Reason.INVALID_REQUEST, "A value cannot be stored as it is."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(Refusal refusal) {
    return answer(problem(refusal.reason(), refusal.getMessage()));
  }

  /** Not logged: there are many of these at once. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> overloaded(Overloaded refusal) {
    ProblemDetail problem = problem(Reason.SERVICE_UNAVAILABLE, refusal.getMessage());
    return ResponseEntity.status(problem.getStatus())
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(Overloaded.RETRY_AFTER))
        .body(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unavailable(ServiceUnavailable failure) {
    return unavailable(failure.getMessage(), failure);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknown(OutcomeUnknown failure) {
    log.warn("Outcome unknown: {} ({})", failure.getMessage(), String.valueOf(failure.getCause()));
    return answer(problem(Reason.OUTCOME_UNKNOWN, failure.getMessage()));
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    PessimisticLockingFailureException.class,
    QueryTimeoutException.class
  })
  ResponseEntity<ProblemDetail> databaseUnavailable(Exception failure) {
    return unavailable("The database gave no answer in time.", failure);
  }

  /** The failure has no class of its own, such as a rollback on a broken connection. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> uncategorized(
      UncategorizedDataAccessException failure, HttpServletRequest request) {
    return failure.getMostSpecificCause() instanceof SQLException
        ? databaseUnavailable(failure)
        : unexpected(failure, request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception failure, HttpServletRequest request) {
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return answer(problem(Reason.INTERNAL_ERROR, "Something went wrong here; it has been logged."));
  }

  private ResponseEntity<ProblemDetail> unavailable(String detail, Exception failure) {
    log.warn("Unavailable: {} ({})", detail, String.valueOf(failure.getCause()));
    return answer(problem(Reason.SERVICE_UNAVAILABLE, detail));
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  /** Answers a request that Spring MVC does not see. */
  static void send(HttpServletResponse response, JsonMapper json, ProblemDetail problem)
      throws IOException {
    response.setStatus(problem.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), problem);
  }

  static void send(HttpServletResponse response, JsonMapper json, Refusal refusal)
      throws IOException {
    send(response, json, problem(refusal.reason(), refusal.getMessage()));
  }

  static void send(HttpServletResponse response, JsonMapper json, Overloaded refusal)
      throws IOException {
    response.setIntHeader(HttpHeaders.RETRY_AFTER, Overloaded.RETRY_AFTER);
    send(response, json, problem(Reason.SERVICE_UNAVAILABLE, refusal.getMessage()));
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    failure
        .getBody()
        .setDetail(
            failure.getFieldErrors().stream()
                .map(error -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; ")));
    return handleExceptionInternal(failure, failure.getBody(), headers, status, request);
  }

  @Override
  protected ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    failure
        .getBody()
        .setDetail(
            failure.getParameterValidationResults().stream()
                .flatMap(
                    result ->
                        result.getResolvableErrors().stream()
                            .map(error -> nameOf(error, result) + " " + error.getDefaultMessage()))
                .sorted()
                .collect(Collectors.joining("; ")));
    return handleExceptionInternal(failure, failure.getBody(), headers, status, request);
  }

  /** Names the field, but does not repeat what was sent for it. */
  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        failure.getCause() instanceof JacksonException unreadable
            ? detailOf(unreadable)
            : "The body is missing or cannot be read.";
    return handleExceptionInternal(
        failure, ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
  }

  private static String detailOf(JacksonException unreadable) {
    String field =
        unreadable.getPath().stream()
            .map(JacksonException.Reference::getPropertyName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    if (field.isEmpty()) {
      return "The body is not the JSON that is expected here.";
    }
    return field
        + (unreadable instanceof MismatchedInputException mismatch
                && WHOLE_NUMBERS.contains(mismatch.getTargetType())
            ? " must be a whole number"
            : " cannot be read");
  }

  /** The name of the field if the parameter is a list of records, else of the parameter. */
  private static String nameOf(MessageSourceResolvable error, ParameterValidationResult result) {
    return error instanceof FieldError field
        ? field.getField()
        : result.getMethodParameter().getParameterName();
  }

  /** Problems that Spring MVC finds keep its status and text, and get a type of ours. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ResponseEntity<Object> answer =
        super.handleExceptionInternal(failure, body, headers, status, request);
    if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
      problem.setType(URI.create(TYPE_PREFIX + typeOf(status)));
    }
    return answer;
  }

  private static String typeOf(HttpStatusCode status) {
    return Stream.of(HttpStatus.values())
        .filter(known -> known.isSameCodeAs(status))
        .findFirst()
        .map(known -> known == HttpStatus.BAD_REQUEST ? Reason.INVALID_REQUEST.id() : slug(known))
        .orElse("http-" + status.value());
  }

  private static String slug(HttpStatus status) {
    return status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
