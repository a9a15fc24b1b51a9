package io.siaran.rest;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Where a parameter of a resource method stands in the request.
 *
 * @param name as the caller writes it; empty when only the framework knows it
 */
record Place(String name, boolean inPath) {

    /**
     * Empty for an annotation that is about something else.
     *
     * @param javaName the name of the annotated parameter or field, which Quarkus' own annotations fall back to
     */
    static Optional<Place> of(Annotation annotation, String javaName) {
        return switch (annotation) {
            case PathParam path -> Optional.of(new Place(path.value(), true));
            case QueryParam query -> Optional.of(new Place(query.value(), false));
            case RestPath path -> Optional.of(new Place(path.value().isEmpty() ? javaName : path.value(), true));
            case RestQuery query -> Optional.of(new Place(query.value().isEmpty() ? javaName : query.value(), false));
            default -> Optional.empty();
        };
    }
}
