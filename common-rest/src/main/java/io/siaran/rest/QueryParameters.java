package io.siaran.rest;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a query that would be answered as if a filter had not been given: a parameter that the resource method does not
 * declare, itself or in a bean parameter; one without a value; one of a single value that stands there twice. A parameter
 * that may be repeated is a {@code List}.
 *
 * <p>Public because Quarkus generates its caller into the class loader of the service.
 */
public class QueryParameters {

    /** More than any enum has, and as many ids as a filter may name. */
    private static final int MOST_VALUES = 100;

    /** By name, whether it may be repeated. */
    private final Map<Method, Map<String, Boolean>> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void refuse(ResourceInfo resource, UriInfo uri) {
        Map<String, List<String>> asked = uri.getQueryParameters();
        if (asked.isEmpty()) {
            return;
        }
        Map<String, Boolean> known = declared.computeIfAbsent(resource.getResourceMethod(), QueryParameters::of);
        List<Violation> violations = asked.entrySet().stream()
                .flatMap(parameter -> violation(parameter.getKey(), parameter.getValue(), known).stream())
                .limit(MOST_VALUES)
                .toList();
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    private static Optional<Violation> violation(String name, List<String> values, Map<String, Boolean> known) {
        String shown = WrongValues.shown(name);
        if (!known.containsKey(name)) {
            String message = "unknown query parameter" + names(known);
            return Optional.of(new Violation(shown, message, ViolationCode.UNKNOWN_FIELD));
        }
        if (values.stream().anyMatch(String::isBlank)) {
            return Optional.of(new Violation(shown, "must not be blank", ViolationCode.REQUIRED));
        }
        if (values.size() > 1 && !known.get(name)) {
            return Optional.of(new Violation(shown, "must stand here once", ViolationCode.DUPLICATE_FIELD));
        }
        return values.size() <= MOST_VALUES
                ? Optional.empty()
                : Optional.of(new Violation(shown, "must stand here at most 100 times", ViolationCode.TOO_MANY));
    }

    private static String names(Map<String, Boolean> known) {
        return known.isEmpty()
                ? ""
                : known.keySet().stream().sorted().collect(Collectors.joining(", ", "; known are ", ""));
    }

    private static Map<String, Boolean> of(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(QueryParameters::of)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    private static Stream<Map.Entry<String, Boolean>> of(Parameter parameter) {
        return Stream.concat(of(parameter, parameter.getName(), parameter.getType()), inside(parameter.getType()));
    }

    /** A bean parameter needs no annotation of its own, so every parameter's type is looked into. */
    private static Stream<Map.Entry<String, Boolean>> inside(Class<?> type) {
        return Stream.<Class<?>>iterate(type, c -> c != null && c != Object.class, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
                .flatMap((Field field) -> of(field, field.getName(), field.getType()));
    }

    private static Stream<Map.Entry<String, Boolean>> of(AnnotatedElement element, String name, Class<?> type) {
        return Arrays.stream(element.getAnnotations())
                .flatMap(annotation -> Place.of(annotation, name).stream())
                .filter(place -> !place.inPath())
                .map(place -> Map.entry(place.name(), Collection.class.isAssignableFrom(type)));
    }
}
