package io.siaran.rest;

import io.quarkus.security.UnauthorizedException;
import io.siaran.model.UserId;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls: the user of the request's token. Every query of a resource filters by it. */
@RequestScoped
public class Caller {

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    /**
     * The {@code sub} of the token.
     *
     * @throws UnauthorizedException (a 401) when the request carries no token, or one without a subject
     */
    public UserId userId() {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new UnauthorizedException();
        }
        return new UserId(subject);
    }
}
