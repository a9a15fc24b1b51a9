package io.siaran.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * An answer as it stands in {@code idempotency_keys}.
 *
 * @param requestHash of the request that got it
 * @param location the header, or null
 * @param etag the header, or null
 * @param body its JSON, or null
 */
record KeptAnswer(String requestHash, int status, String location, String etag, String body) {

    static KeptAnswer of(Response response, String requestHash, ObjectMapper mapper) {
        Object entity = response.getEntity();
        String body = entity == null || entity instanceof String ? (String) entity : RestJson.write(mapper, entity);
        return new KeptAnswer(
                requestHash,
                response.getStatus(),
                response.getHeaderString(HttpHeaders.LOCATION),
                entity instanceof Versioned versioned
                        ? EntityTags.of(versioned.version())
                        : response.getHeaderString(HttpHeaders.ETAG),
                body);
    }

    static KeptAnswer read(String json, ObjectMapper mapper) {
        try {
            return mapper.readValue(json, KeptAnswer.class);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an answer that we kept cannot be read", bug);
        }
    }

    Response replay() {
        return Response.status(status)
                .header("Idempotency-Replayed", true)
                .header(HttpHeaders.LOCATION, location)
                .header(HttpHeaders.ETAG, etag)
                .type(body == null ? null : MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
