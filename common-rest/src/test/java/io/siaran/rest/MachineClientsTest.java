package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tokens by client credentials as providers issue them, with the claim of the roles that the handbook names for each: a program has no
 * groups, its name is in {@code azp} or {@code client_id}, and its roles are a list or a text with spaces.
 */
class MachineClientsTest {

    private static final String ISSUER = "https://id.example.com/";
    private static final RsaJsonWebKey KEY = key();

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Keycloak, roles of the realm   | realm_access/roles           | 6b0c0d34-0f6e-4c41-9a64-6ff1b3f3b0f5 | {"sub": "6b0c0d34-0f6e-4c41-9a64-6ff1b3f3b0f5", "typ": "Bearer", "azp": "crm", "client_id": "crm", "aud": ["siaran", "account"], "acr": "1", "allowed-origins": ["/*"], "realm_access": {"roles": ["default-roles-kedai", "operator", "offline_access"]}, "resource_access": {"account": {"roles": ["view-profile"]}}, "scope": "email profile", "clientHost": "10.1.2.3", "clientAddress": "10.1.2.3", "email_verified": false, "preferred_username": "service-account-crm"}
            Keycloak, roles of the client  | resource_access/siaran/roles | 6b0c0d34-0f6e-4c41-9a64-6ff1b3f3b0f5 | {"sub": "6b0c0d34-0f6e-4c41-9a64-6ff1b3f3b0f5", "typ": "Bearer", "azp": "crm", "client_id": "crm", "aud": "siaran", "resource_access": {"siaran": {"roles": ["operator"]}}, "scope": "", "preferred_username": "service-account-crm"}
            Keycloak, which maps groups    | realm_access/roles           | crm                                  | {"sub": "crm", "azp": "crm", "aud": "siaran", "groups": ["/machines", "admin"], "realm_access": {"roles": ["operator"]}}
            Auth0, scopes                  | scope                        | hM2bL0pQk1@clients                   | {"sub": "hM2bL0pQk1@clients", "aud": "siaran", "azp": "hM2bL0pQk1", "gty": "client-credentials", "scope": "viewer operator"}
            Auth0, permissions             | permissions                  | hM2bL0pQk1@clients                   | {"sub": "hM2bL0pQk1@clients", "aud": "siaran", "azp": "hM2bL0pQk1", "gty": "client-credentials", "scope": "operator", "permissions": ["operator"]}
            Auth0, a claim of an action    | "https://siaran.io/roles"    | hM2bL0pQk1@clients                   | {"sub": "hM2bL0pQk1@clients", "aud": "siaran", "azp": "hM2bL0pQk1", "gty": "client-credentials", "https://siaran.io/roles": ["operator"]}
            RFC 9068                       | scope                        | crm                                  | {"sub": "crm", "client_id": "crm", "aud": ["siaran"], "scope": "operator"}
            Entra                          | roles                        | 3f1b9d0e-1a2b-4c3d-8e4f-5a6b7c8d9e0f | {"sub": "3f1b9d0e-1a2b-4c3d-8e4f-5a6b7c8d9e0f", "oid": "3f1b9d0e-1a2b-4c3d-8e4f-5a6b7c8d9e0f", "aud": "siaran", "azp": "0e3f", "azpacr": "1", "idtyp": "app", "roles": ["operator"], "ver": "2.0"}
            """)
    void a_program_is_an_operator_of_its_own_tenant(String issued, String claim, String tenant, String claims)
            throws Exception {
        JWTCallerPrincipal caller = parse(claim, claims);

        assertThat(caller.getSubject()).isEqualTo(tenant);
        assertThat(caller.getGroups()).contains("operator").doesNotContain("admin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            realm_access/roles | {"sub": "crm", "aud": "siaran"}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": {}}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": {"roles": []}}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": {"roles": null}}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "scope": "operator"}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "groups": ["admin"]}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "groups": ["admin"], "realm_access": {"roles": []}}
            scope              | {"sub": "crm", "aud": "siaran", "scope": ""}
            scope              | {"sub": "crm", "aud": "siaran", "groups": ["admin"], "scope": ""}
            scope              | {"sub": "crm", "aud": "siaran", "scope": "email"}
            """)
    void without_roles_where_they_are_looked_for_it_may_do_nothing(String claim, String claims) throws Exception {
        assertThat(parse(claim, claims).getGroups()).doesNotContain("viewer", "operator", "admin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": {"roles": [1, 2]}}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": {"roles": {"operator": true}}}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": {"roles": 5}}
            realm_access/roles | {"sub": "crm", "aud": "siaran", "realm_access": "operator"}
            scope              | {"sub": "crm", "aud": "siaran", "scope": 5}
            realm_access/roles | {"azp": "crm", "aud": "siaran", "realm_access": {"roles": ["operator"]}}
            realm_access/roles | {"sub": "crm", "aud": "account", "realm_access": {"roles": ["operator"]}}
            """)
    void a_token_with_odd_claims_is_refused(String claim, String claims) {
        assertThatThrownBy(() -> parse(claim, claims)).isInstanceOf(ParseException.class);
    }

    @Test
    void the_token_itself_is_there_to_be_passed_on() throws Exception {
        String token = signed("{\"sub\": \"crm\", \"aud\": \"siaran\", \"scope\": \"operator\"}");

        assertThat(parsed("scope", token).getRawToken()).isEqualTo(token);
    }

    private static JWTCallerPrincipal parse(String rolesClaim, String claims) throws Exception {
        return parsed(rolesClaim, signed(claims));
    }

    private static JWTCallerPrincipal parsed(String rolesClaim, String token) throws ParseException {
        JWTAuthContextInfo context = new JWTAuthContextInfo((RSAPublicKey) KEY.getPublicKey(), ISSUER);
        context.setGroupsPath(rolesClaim);
        return new CheckedTokens(
                        new Settings(Optional.of("siaran"), false, new MemorySize(BigInteger.ZERO), Optional.empty()))
                .parse(token, context);
    }

    private record Settings(
            Optional<String> tokenAudience,
            boolean tokenAudienceRequired,
            MemorySize maxJsonBody,
            Optional<String> uploadPath)
            implements RestConfig {}

    private static String signed(String claims) throws JoseException {
        long now = Instant.now().getEpochSecond();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.replaceFirst(
                "\\{",
                "{\"iss\": \"%s\", \"iat\": %d, \"exp\": %d, \"jti\": \"a\", ".formatted(ISSUER, now, now + 600)));
        signature.setKey(KEY.getPrivateKey());
        signature.setAlgorithmHeaderValue("RS256");
        signature.setHeader("typ", "at+jwt");
        return signature.getCompactSerialization();
    }

    private static RsaJsonWebKey key() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
