package org.ticketing.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides who may call which endpoint. Endpoints that are not listed need a signed-in user. Users
 * may act only on what is their own: this is decided here if the path names the user, else by the
 * controller, with {@link Caller}, once it knows the owner. Services may call what is listed for
 * them and what is public.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import({ServiceKeys.class, Tokens.class, ScrapeToken.class})
class AccessRules {

  private static final String[] PUBLIC_READS = {"/concerts/**", "/schedules/**", "/seats/**"};

  /** Who asks what of whom. Nobody may call what is not listed. */
  private static final AuthorizationManager<HttpServletRequest> INTERNAL_CALLS =
      RequestMatcherDelegatingAuthorizationManager.builder()
          .add(internal("queue/admission"), only(Service.RESERVATION))
          .add(internal("queue/endings"), only(Service.PAYMENT))
          .add(internal("reservations/occupied-seats/*"), only(Service.SEAT))
          .add(internal("reservations/closings/*"), only(Service.USER))
          .add(internal("reservations/schedules/*"), only(Service.CONCERT))
          .add(internal("reservations/*/returns"), only(Service.PAYMENT))
          .add(internal("reservations/lookups"), only(Service.PAYMENT))
          .add(internal("points/closings/*"), only(Service.USER))
          .add(internal("points/refunds"), only(Service.PAYMENT))
          .add(internal("payments/closings/*"), only(Service.USER))
          .add(internal("payments/refunds"), only(Service.RESERVATION))
          .add(internal("sales/**"), only(Service.PAYMENT))
          .build();

  /**
   * Who takes part in a payment takes up what others have to tell it. The steps are asked of them
   * by the payment service alone.
   */
  private static final AuthorizationManager<HttpServletRequest> PROTOCOL_CALLS =
      RequestMatcherDelegatingAuthorizationManager.builder()
          .add(told(Service.PAYMENT), only(Service.PAYMENT))
          .add(told(Service.POINT), only(Service.POINT))
          .add(told(Service.RESERVATION), only(Service.RESERVATION))
          .add(path(Paths.PROTOCOL + "**"), only(Service.PAYMENT))
          .build();

  private static RequestMatcher told(Service service) {
    return path(Paths.EVENTS + service.id() + "/**");
  }

  private static RequestMatcher internal(String path) {
    return path(Paths.INTERNAL + path);
  }

  private static RequestMatcher path(String path) {
    return PathPatternRequestMatcher.withDefaults().matcher(path);
  }

  @Bean
  SecurityFilterChain access(
      HttpSecurity http, AuthenticationManagerResolver<HttpServletRequest> callers, JsonMapper json)
      throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable) // no cookies, no sessions: nothing to forge
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable) // see Caller
        .cors(Customizer.withDefaults())
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(Paths.PROTOCOL + "**")
                    .access(
                        (caller, request) -> PROTOCOL_CALLS.authorize(caller, request.getRequest()))
                    .requestMatchers(Paths.INTERNAL + "**")
                    .access(
                        (caller, request) -> INTERNAL_CALLS.authorize(caller, request.getRequest()))
                    .requestMatchers(HttpMethod.POST, "/users", "/login")
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, "/users/{userId}")
                    .access(
                        AuthorizationManagers.anyOf(
                            AccessRules::isTheUser,
                            only(Service.RESERVATION, Service.POINT, Service.PAYMENT)))
                    .requestMatchers("/users/{userId}/**", "/wallets/{userId}/**")
                    .access(AccessRules::isTheUser)
                    .requestMatchers(HttpMethod.GET, PUBLIC_READS)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, PUBLIC_READS)
                    .permitAll()
                    .requestMatchers(
                        "/concerts/**",
                        "/schedules/**",
                        "/seats/**",
                        "/partners/**",
                        Paths.OPERATIONS + "**")
                    .hasRole(Role.OPERATOR.name())
                    .requestMatchers(HttpMethod.GET, "/partner-feed") // has keys of its own
                    .permitAll()
                    .requestMatchers("/actuator/health/**", "/v3/api-docs/**", "/swagger-ui/**")
                    .permitAll()
                    .requestMatchers(ScrapeToken.PATH)
                    .hasRole(Role.SCRAPER.name())
                    .requestMatchers(HttpMethod.GET, "/reservations/{reservationId}")
                    .access(AuthorizationManagers.anyOf(users(), only(Service.PAYMENT)))
                    // The record is the decision that participants follow which nobody else tells.
                    .requestMatchers(HttpMethod.GET, "/payments/{paymentId}")
                    .access(
                        AuthorizationManagers.anyOf(
                            users(), only(Service.RESERVATION, Service.POINT)))
                    .anyRequest()
                    .access(users()))
        .oauth2ResourceServer(
            tokens ->
                tokens
                    .authenticationManagerResolver(callers)
                    .authenticationEntryPoint(
                        (request, response, failure) ->
                            unauthorized(
                                response, json, failure instanceof OAuth2AuthenticationException)))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(
                        (request, response, failure) -> unauthorized(response, json, false))
                    .accessDeniedHandler(
                        (request, response, failure) ->
                            Problems.send(response, json, Problems.forbidden())))
        .build();
  }

  @Bean
  AuthenticationManagerResolver<HttpServletRequest> callers(
      Tokens tokens, ScrapeToken ofMetrics, Clock clock) {
    var byIssuer = new JwtIssuerAuthenticationManagerResolver(tokens.authenticators()::get);
    var callers = new VerifiedTokens(byIssuer.resolve(null), clock); // the same for any request
    AuthenticationManager scrapers = ofMetrics::authenticate;
    return request -> request.getRequestURI().equals(ScrapeToken.PATH) ? scrapers : callers;
  }

  /**
   * Answers what Spring Security's firewall rejects: unknown methods, and ambiguous paths such as
   * those with doubled slashes.
   */
  @Bean
  RequestRejectedHandler malformedRequest(JsonMapper json) {
    return (request, response, failure) ->
        Problems.send(
            response,
            json,
            Problems.problem(
                Reason.INVALID_REQUEST, "The path, the method or a header is malformed."));
  }

  private static AuthorizationDecision isTheUser(
      Supplier<? extends Authentication> caller, RequestAuthorizationContext request) {
    try {
      UUID userId = UUID.fromString(request.getVariables().get("userId"));
      return new AuthorizationDecision(Caller.is(userId));
    } catch (IllegalArgumentException notAnId) {
      return new AuthorizationDecision(false);
    }
  }

  private static <T> AuthorizationManager<T> users() {
    return AuthorityAuthorizationManager.hasRole(Role.USER.name());
  }

  private static <T> AuthorizationManager<T> only(Service... callers) {
    return AuthorityAuthorizationManager.hasAnyAuthority(
        Stream.of(callers).map(caller -> caller.authority().getAuthority()).toArray(String[]::new));
  }

  private static void unauthorized(
      HttpServletResponse response, JsonMapper json, boolean invalidToken) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    Problems.send(
        response,
        json,
        invalidToken
            ? Problems.problem(
                Reason.INVALID_TOKEN, "The token is malformed, forged or expired; sign in again.")
            : Problems.problem(Reason.AUTHENTICATION_REQUIRED, "Sign in first."));
  }
}
