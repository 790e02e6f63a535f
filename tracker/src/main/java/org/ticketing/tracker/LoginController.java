package org.ticketing.tracker;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.Session;

/** Passes on to the user service who signs in. Nothing is kept here. */
@RestController
@Tag(name = "login")
class LoginController {

  private final Services services;

  LoginController(Services services) {
    this.services = services;
  }

  @Operation(summary = "Signs in at the user service")
  @SecurityRequirements
  @PostMapping("/login")
  ResponseEntity<Session> logIn(@Valid @RequestBody Credentials credentials) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(services.users().logIn(credentials));
  }
}
