package io.siaran.rest;

import static io.restassured.RestAssured.given;
import static io.siaran.rest.Api.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.siaran.localstack.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider: keys by JWKS over HTTP, which it changes; roles in a claim of its own. */
@QuarkusTest
@TestProfile(ProviderTokensTest.Provider.class)
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ProviderTokensTest {

    private static final String ISSUER = "https://id.example.com/realms/kedai";

    @TestHTTPResource("/")
    String url;

    @Test
    void a_key_that_the_provider_takes_into_use_is_taken_and_its_roles_are_found() throws JoseException {
        RsaJsonWebKey first = Jwks.first();
        assertThat(status(token(first, ISSUER, "viewer"))).isEqualTo(200);
        assertThat(status(token(key("one"), ISSUER, "viewer")))
                .as("signed by another key of the same name")
                .isEqualTo(401);

        RsaJsonWebKey second = key("two");
        Jwks.serve(second);

        assertThat(status(token(second, ISSUER, "viewer"))).isEqualTo(200);
        assertThat(status(token(first, ISSUER, "viewer")))
                .as("the key is no longer the provider's")
                .isEqualTo(401);
        assertThat(status(token(second, "https://else.example.com", "viewer"))).isEqualTo(401);
        assertThat(status(token(second, ISSUER, "offline_access"))).isEqualTo(403);
        aProgramHasItsTenant(second);
    }

    /** By client credentials, as Keycloak issues them. */
    private static void aProgramHasItsTenant(RsaJsonWebKey key) throws JoseException {
        JwtClaims claims = claims(ISSUER, "viewer");
        claims.setSubject("6b0c0d34-0f6e-4c41-9a64-6ff1b3f3b0f5");
        claims.setStringListClaim("aud", "siaran", "account");
        claims.setStringClaim("azp", "crm");
        claims.setStringClaim("client_id", "crm");
        claims.setStringClaim("preferred_username", "service-account-crm");
        claims.setStringListClaim("groups", "/machines");

        given().auth()
                .oauth2(signed(key, claims))
                .get(NOTES + "/mine")
                .then()
                .statusCode(200)
                .body("user_id", equalTo("6b0c0d34-0f6e-4c41-9a64-6ff1b3f3b0f5"));

        claims.setAudience("account");
        assertThat(status(signed(key, claims)))
                .as("Keycloak names its own audience alone, unless the client has a mapper")
                .isEqualTo(401);
    }

    @Test
    void the_command_of_helm_test_sees_what_answers_otherwise() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Answers answers = new Answers(new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(answers.check("401=" + url + NOTES.substring(1) + "/mine")).isZero();
        assertThat(answers.check("200=" + url + NOTES.substring(1) + "/mine")).isEqualTo(1);
        assertThat(answers.check("200=http://127.0.0.1:1/")).isEqualTo(1);
        assertThat(answers.check(url)).isEqualTo(2);
    }

    private static int status(String token) {
        return given().auth().oauth2(token).get(NOTES + "/mine").statusCode();
    }

    private static RsaJsonWebKey key(String id) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }

    private static String token(RsaJsonWebKey key, String issuer, String role) throws JoseException {
        return signed(key, claims(issuer, role));
    }

    private static JwtClaims claims(String issuer, String role) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject("ani");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setClaim("realm_access", Map.of("roles", List.of(role, "uma_authorization")));
        return claims;
    }

    private static String signed(RsaJsonWebKey key, JwtClaims claims) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("RS256");
        return signature.getCompactSerialization();
    }

    public static final class Provider implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.jwt.verify.publickey.location",
                    Jwks.start(),
                    "mp.jwt.verify.issuer",
                    ISSUER,
                    "siaran.jwt-roles-claim",
                    "realm_access/roles");
        }
    }

    /** The provider's key set. The profile and the test are of different class loaders, which share the system properties. */
    private static final class Jwks {

        private static final String PLACE = "siaran.test.jwks";
        private static final String FIRST = "siaran.test.jwks-first";

        static String start() {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/jwks", exchange -> {
                    byte[] body = System.getProperty(PLACE, "{\"keys\":[]}").getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
                server.start();
                RsaJsonWebKey first = key("one");
                System.setProperty(FIRST, first.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
                serve(first);
                return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The key that is in use when the service starts. */
        static RsaJsonWebKey first() throws JoseException {
            return (RsaJsonWebKey) JsonWebKey.Factory.newJwk(System.getProperty(FIRST));
        }

        static void serve(RsaJsonWebKey... keys) {
            System.setProperty(PLACE, new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        }
    }
}
