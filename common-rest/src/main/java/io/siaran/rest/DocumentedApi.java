package io.siaran.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Puts into the OpenAPI document what its scanner cannot see: problems, and how enums are written. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedApi implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents().addSchema("Problem", problem());
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(DocumentedApi::addProblem);
    }

    /** Every enum of the API is a {@link io.siaran.model.Wire}; the scanner sees its constants, callers write it so. */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getEnumeration() != null) {
            schema.setEnumeration(schema.getEnumeration().stream()
                    .map(value -> value instanceof String name ? name.toLowerCase(Locale.ROOT) : value)
                    .toList());
        }
        return schema;
    }

    private static void addProblem(Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        Schema problem = OASFactory.createSchema().ref("#/components/schemas/Problem");
        var content = OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem));
        operation
                .getResponses()
                .setDefaultValue(OASFactory.createAPIResponse()
                        .description("a problem, by RFC 9457")
                        .content(content));
    }

    private static Schema problem() {
        Schema violation = object().addProperty("field", text()).addProperty("message", text());
        return object().addProperty("type", text())
                .addProperty("title", text())
                .addProperty("status", of(SchemaType.INTEGER))
                .addProperty("detail", text())
                .addProperty("instance", text())
                .addProperty("violations", of(SchemaType.ARRAY).items(violation))
                .addProperty("existing_id", text())
                .addProperty("error_id", text());
    }

    private static Schema object() {
        return of(SchemaType.OBJECT);
    }

    private static Schema text() {
        return of(SchemaType.STRING);
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
