package io.siaran.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Decides before a resource method runs in which form it will be answered, so that nothing is written and then refused. A
 * method without {@code @Produces} answers JSON, and nothing else ever.
 *
 * <p>Public because Quarkus generates its caller into the class loader of the service.
 */
public class Representations {

    private static final List<MediaType> JSON = AcceptedTypes.types(MediaType.APPLICATION_JSON);

    private final Map<Method, List<MediaType>> offered = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void choose(ResourceInfo resource, HttpServerRequest request) {
        List<MediaType> types = offered.computeIfAbsent(resource.getResourceMethod(), Representations::typesOf);
        MediaType chosen = AcceptedTypes.of(request.getHeader(HttpHeaders.ACCEPT))
                .flatMap(accepted -> accepted.first(types))
                .orElseThrow(() -> Refusal.notAcceptable("the answer is one of "
                        + types.stream().map(MediaType::toString).toList()));
        // The framework negotiates again when it writes, and then it is too late to refuse.
        request.headers().set(HttpHeaders.ACCEPT, chosen.toString());
    }

    private static List<MediaType> typesOf(Method method) {
        Produces produces = method.isAnnotationPresent(Produces.class)
                ? method.getAnnotation(Produces.class)
                : method.getDeclaringClass().getAnnotation(Produces.class);
        return produces == null ? JSON : AcceptedTypes.types(produces.value());
    }
}
