package io.siaran.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a token says what its caller may do: the claim that the installation names and no other one. A provider may use {@code groups}
 * for something else, and whoever is in a group called admin is none here.
 *
 * @param path its name, with a slash between the parts of one that lies deeper; a part with slashes of its own in quotation marks
 */
record RolesClaim(String path) {

    private static final String USUAL = "groups";
    private static final Pattern PART = Pattern.compile("\"([^\"]+)\"|([^/\"]+)");

    RolesClaim {
        path = path == null ? USUAL : path;
    }

    /**
     * None where there is no such claim.
     *
     * @throws ParseException where it is neither a list of texts nor, unless it is the usual one, a text with spaces between roles, as
     *     {@code scope} is
     */
    List<String> of(JsonNode claims) throws ParseException {
        JsonNode claim = claims;
        for (String part : parts()) {
            if (!claim.isObject()) {
                throw new ParseException(path + " must be a list of texts");
            }
            claim = claim.path(part);
            if (claim.isMissingNode() || claim.isNull()) {
                return List.of();
            }
        }
        return roles(claim);
    }

    private List<String> roles(JsonNode claim) throws ParseException {
        if (claim.isTextual() && !path.equals(USUAL)) {
            return Stream.of(claim.textValue().split(" "))
                    .filter(role -> !role.isEmpty())
                    .toList();
        }
        List<String> roles = new ArrayList<>();
        for (JsonNode role : claim) {
            roles.add(role.textValue());
        }
        if (!claim.isArray() || roles.contains(null)) {
            throw new ParseException(path + " must be a list of texts");
        }
        return roles;
    }

    private List<String> parts() {
        return PART.matcher(path).results().map(RolesClaim::part).toList();
    }

    private static String part(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }
}
