package io.siaran.rest;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a query parameter that the resource method does not declare, itself or in a bean parameter: a typo must not
 * silently drop a filter.
 *
 * <p>Public because Quarkus generates its caller into the class loader of the service.
 */
public class UnknownQueryParameters {

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void refuse(ResourceInfo resource, UriInfo uri) {
        Set<String> asked = uri.getQueryParameters().keySet();
        if (asked.isEmpty()) {
            return;
        }
        Set<String> known = declared.computeIfAbsent(resource.getResourceMethod(), UnknownQueryParameters::queryNames);
        List<Violation> unknown = asked.stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Violation(name, "unknown query parameter"))
                .toList();
        if (!unknown.isEmpty()) {
            throw Refusal.invalid(unknown);
        }
    }

    private static Set<String> queryNames(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(UnknownQueryParameters::queryNames)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> queryNames(Parameter parameter) {
        Stream<String> own = queryName(parameter, parameter.getName());
        return Stream.concat(own, inside(parameter.getType()));
    }

    /** A bean parameter needs no annotation of its own, so every parameter's type is looked into. */
    private static Stream<String> inside(Class<?> type) {
        return Stream.<Class<?>>iterate(type, c -> c != null && c != Object.class, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
                .flatMap((Field field) -> queryName(field, field.getName()));
    }

    private static Stream<String> queryName(AnnotatedElement element, String name) {
        return Arrays.stream(element.getAnnotations())
                .flatMap(annotation -> Place.of(annotation, name).stream())
                .filter(place -> !place.inPath())
                .map(Place::name);
    }
}
