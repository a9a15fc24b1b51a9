package io.siaran.rest;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** Which answers carry an {@code ETag}: those of one object that is {@link Versioned}; a list has none. */
final class DocumentedVersions {

    private static final DotName VERSIONED = DotName.createSimple(Versioned.class);
    private static final DotName SCHEMA = DotName.createSimple(Schema.class);

    /** By the names of their schemas. */
    private final Set<String> versioned;

    DocumentedVersions(IndexView classes) {
        versioned = classes.getAllKnownImplementors(VERSIONED).stream()
                .map(DocumentedVersions::schema)
                .collect(Collectors.toSet());
    }

    boolean has(APIResponse answer) {
        return answer.getContent() != null
                && answer.getContent().getMediaTypes() != null
                && answer.getContent().getMediaTypes().values().stream().anyMatch(this::isVersioned);
    }

    /**
     * Whether {@code If-Match} says something: the object of the path is answered with its tag, and what is done there changes
     * that object, so it answers with the object or with nothing. To copy or to preview it needs no certain version.
     */
    boolean isConditional(HttpMethod method, String path, Operation operation, Map<String, PathItem> paths) {
        boolean action = method == HttpMethod.POST;
        String object = action ? path.substring(0, path.lastIndexOf('/')) : path;
        PathItem item = paths.get(object);
        Set<String> shown = item == null || item.getGET() == null ? Set.of() : versionedAnswers(item.getGET());
        return !shown.isEmpty() && (!action || shown.equals(versionedAnswers(operation)));
    }

    /** The schemas of a 200 that have versions. */
    private Set<String> versionedAnswers(Operation operation) {
        APIResponse answer = operation.getResponses() == null
                ? null
                : operation.getResponses().getAPIResponse("200");
        return answer == null || !has(answer)
                ? Set.of()
                : answer.getContent().getMediaTypes().values().stream()
                        .filter(this::isVersioned)
                        .map(DocumentedVersions::schema)
                        .collect(Collectors.toSet());
    }

    private boolean isVersioned(MediaType body) {
        return versioned.contains(schema(body));
    }

    /** Empty for a body that has none of the named ones. */
    private static String schema(MediaType body) {
        String reference = body.getSchema() == null ? null : body.getSchema().getRef();
        return reference == null ? "" : reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String schema(ClassInfo type) {
        AnnotationInstance named = type.declaredAnnotation(SCHEMA);
        AnnotationValue name = named == null ? null : named.value("name");
        return name == null ? type.simpleName() : name.asString();
    }
}
