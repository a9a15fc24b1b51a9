package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.model.Limits;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;

/**
 * Takes a token that is signed and valid only when its claims are what we work with: a subject that can be stored, roles
 * that can be read, our audience if it names one. Everything else is a 401, and a caller without roles may do nothing, which is a 403.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class CheckedTokens extends JWTCallerPrincipalFactory {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JWTCallerPrincipalFactory standard = new DefaultJWTCallerPrincipalFactory();

    private final Optional<String> audience;
    private final boolean audienceRequired;

    CheckedTokens(RestConfig config) {
        this.audience = config.tokenAudience();
        this.audienceRequired = config.tokenAudienceRequired();
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        verify(token, context);
        JsonNode claims = claims(token);
        requireSubject(claims.path("sub"));
        if (audience.isPresent()) {
            requireAudience(claims.path("aud"), audience.get());
        }
        return caller(token, claims, new RolesClaim(context.getGroupsPath()).of(claims));
    }

    private void verify(String token, JWTAuthContextInfo context) throws ParseException {
        try {
            standard.parse(token, context);
        } catch (RuntimeException unexpectedClaim) {
            // It casts the groups to a list before anybody has looked at them.
            throw new ParseException("the claims cannot be read", unexpectedClaim);
        }
    }

    /** What the standard makes of it, but for the groups: those it takes from elsewhere where the claim of the roles is missing. */
    private static JWTCallerPrincipal caller(String token, JsonNode claims, List<String> roles) throws ParseException {
        try {
            JwtClaims checked = JwtClaims.parse(claims.toString());
            checked.setStringListClaim(Claims.groups.name(), roles);
            checked.setClaim(Claims.raw_token.name(), token);
            return new DefaultJWTCallerPrincipal(token, "JWT", checked);
        } catch (InvalidJwtException unreadable) {
            throw new ParseException("the claims cannot be read", unreadable);
        }
    }

    /** Of a token whose signature has been checked. */
    private static JsonNode claims(String token) throws ParseException {
        try {
            return JSON.readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8));
        } catch (JsonProcessingException | RuntimeException unreadable) {
            throw new ParseException("the claims cannot be read");
        }
    }

    private static void requireSubject(JsonNode subject) throws ParseException {
        String text = subject.isTextual() ? subject.textValue() : "";
        boolean storable = !text.isBlank()
                && SizeInCharacters.of(text) <= Limits.USER_ID
                && StrictText.objection(text, false) == null;
        if (!storable) {
            throw new ParseException("sub must be a text of 1 to " + Limits.USER_ID + " characters");
        }
    }

    private void requireAudience(JsonNode named, String ours) throws ParseException {
        boolean right = named.isMissingNode()
                ? !audienceRequired
                : named.isArray()
                        ? StreamSupport.stream(named.spliterator(), false)
                                .anyMatch(each -> ours.equals(each.textValue()))
                        : ours.equals(named.textValue());
        if (!right) {
            throw new ParseException("aud must name " + ours);
        }
    }
}
