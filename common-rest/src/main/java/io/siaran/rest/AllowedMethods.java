package io.siaran.rest;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the {@code Allow} header of a 405 says: the framework leaves it out. */
@Singleton
class AllowedMethods {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^{}]*}");

    private record Route(Pattern path, String method) {}

    private volatile List<Route> routes;

    /** Of all resources that take this path. */
    String of(String path) {
        if (routes == null) {
            routes = Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                    .map(Bean::getBeanClass)
                    .distinct()
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .flatMap(AllowedMethods::routes)
                    .toList();
        }
        return routes.stream()
                .filter(route -> route.path().matcher(path + "/").matches())
                .map(Route::method)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Stream<Route> routes(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotations())
                        .map(Annotation::annotationType)
                        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                        .map(type -> new Route(
                                pattern(base, method),
                                type.getAnnotation(HttpMethod.class).value())));
    }

    private static Pattern pattern(String base, Method method) {
        Path own = method.getAnnotation(Path.class);
        String template = ("/" + base + "/" + (own == null ? "" : own.value()) + "/").replaceAll("/+", "/");
        String literals =
                Arrays.stream(PARAMETER.split(template, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
        return Pattern.compile(literals);
    }
}
