package io.siaran.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.IndexView;

/**
 * Puts into the OpenAPI document what its scanner cannot see: how values are written, and what every operation takes and
 * answers beside what its resource method says.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedApi implements OASFilter {

    private final DocumentedRoles roles;
    private final DocumentedVersions versions;

    /** @param classes those of the service, as Quarkus sees them when it builds the document */
    public DocumentedApi(IndexView classes) {
        roles = new DocumentedRoles(classes);
        versions = new DocumentedVersions(classes);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        if (document.getServers() == null || document.getServers().isEmpty()) {
            document.addServer(OASFactory.createServer().url("/").description("this server"));
        }
        ValueSchemas.replaceIn(document.getComponents());
        ProblemSchemas.addTo(document.getComponents());
        CommonAnswers answers = new CommonAnswers(versions);
        answers.addTo(document.getComponents());
        Map<String, PathItem> paths = document.getPaths().getPathItems();
        paths.forEach((path, item) -> complete(answers, path, item, paths));
        DocumentedExamples.addTo(document.getComponents());
    }

    /** Every enum of the API is a {@link io.siaran.model.WireEnum}; the scanner sees its constants, callers write it so. */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getEnumeration() != null) {
            schema.setEnumeration(schema.getEnumeration().stream()
                    .map(value -> value instanceof String name ? name.toLowerCase(Locale.ROOT) : value)
                    .toList());
        }
        return schema;
    }

    private void complete(CommonAnswers answers, String path, PathItem item, Map<String, PathItem> paths) {
        for (Map.Entry<HttpMethod, Operation> each : item.getOperations().entrySet()) {
            Operation operation = each.getValue();
            if (operation.getOperationId() == null) {
                operation.setOperationId(name(each.getKey(), path));
            }
            if (operation.getTags() == null || operation.getTags().isEmpty()) {
                operation.addTag(tag(path));
            }
            List<String> allowed = roles.of(each.getKey(), path);
            operation.setSecurity(allowed.stream().map(DocumentedApi::required).toList());
            answers.complete(each.getKey(), path, operation, paths);
        }
    }

    /** As OpenAPI 3.1 has it: 3.0 knows such a list of OAuth alone, and those who read roles look for them here. */
    private static SecurityRequirement required(String role) {
        return OASFactory.createSecurityRequirement().addScheme("SecurityScheme", List.of(role));
    }

    /** {@code GET /api/v1/leads/{id}}: {@code getLeadsById}. */
    private static String name(HttpMethod method, String path) {
        StringBuilder name = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        for (String word : words(path)) {
            boolean parameter = word.startsWith("{");
            String bare = parameter ? "by_" + word.substring(1, word.length() - 1) : word;
            for (String part : bare.split("[-_]")) {
                name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return name.toString();
    }

    private static String tag(String path) {
        return words(path).isEmpty() ? "root" : words(path).getFirst();
    }

    private static List<String> words(String path) {
        List<String> words = new ArrayList<>(List.of(path.split("/")));
        words.removeIf(word -> word.isEmpty() || word.equals("api") || word.equals("v1"));
        return words;
    }
}
