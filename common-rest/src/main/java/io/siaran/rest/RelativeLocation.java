package io.siaran.rest;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Makes {@code Location} a path (RFC 9110, 10.2.2): Jakarta REST makes it absolute with the host that this service was asked
 * by, which is not the caller's when a proxy stands between. So nobody's {@code X-Forwarded-*} has to be trusted.
 *
 * <p>Public because Quarkus generates its caller into the class loader of the service.
 */
public class RelativeLocation {

    @ServerResponseFilter
    public void shorten(ContainerResponseContext answer) {
        Object location = answer.getHeaders().getFirst(HttpHeaders.LOCATION);
        if (location != null) {
            URI uri = URI.create(location.toString());
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            answer.getHeaders().putSingle(HttpHeaders.LOCATION, uri.getRawPath() + query);
        }
    }
}
