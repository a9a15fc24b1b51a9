package io.siaran.rest;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes the {@code ETag} of every answer that is {@link Versioned}.
 *
 * <p>Public because Quarkus generates its caller into the class loader of the service.
 */
public class EntityTagHeader {

    @ServerResponseFilter
    public void tag(ContainerResponseContext answer) {
        if (answer.getEntity() instanceof Versioned versioned) {
            answer.getHeaders().putSingle(HttpHeaders.ETAG, EntityTags.of(versioned.version()));
        }
    }
}
