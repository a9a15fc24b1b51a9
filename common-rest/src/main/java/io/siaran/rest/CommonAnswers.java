package io.siaran.rest;

import io.siaran.model.Limits;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What operations take and answer because all of their kind do: problems and headers. */
final class CommonAnswers {

    private static final Map<String, String> PROBLEMS = new TreeMap<>(Map.ofEntries(
            Map.entry("400", "The request is not valid; every field that is wrong is named."),
            Map.entry("401", "There is no valid token."),
            Map.entry("403", "The token's groups do not allow this."),
            Map.entry("404", "There is no such object of this user."),
            Map.entry("405", "The path does not take this method."),
            Map.entry("406", "There is no answer of a type that the Accept header takes."),
            Map.entry("409", "The state does not allow it, it exists already, or it is busy and may be tried again."),
            Map.entry("412", "The object is not the one that If-Match names."),
            Map.entry("413", "The body is too large."),
            Map.entry("415", "The body is not of a type that is read here."),
            Map.entry(
                    "422",
                    "It is well-formed and cannot be done, or the Idempotency-Key was used for another request."),
            Map.entry("429", "It was asked too often; Retry-After says when to ask again."),
            Map.entry("500", "Something went wrong inside; the log says more under the error_id."),
            Map.entry("503", "Something that is needed is not there for the moment.")));

    /** An extension of operations that may be repeated as they are, so an {@code Idempotency-Key} would say nothing. */
    private static final String REPEATABLE = "x-idempotent";

    private static final String IF_MATCH = "If-Match";

    private final DocumentedVersions versions;

    CommonAnswers(DocumentedVersions versions) {
        this.versions = versions;
    }

    void addTo(Components components) {
        DocumentedHeaders.addTo(components);
        PROBLEMS.forEach(
                (status, description) -> components.addResponse("Problem" + status, problem(status, description)));
    }

    /** @param paths all of the document: an action goes by the tag that the GET of its object answers */
    void complete(HttpMethod method, String path, Operation operation, Map<String, PathItem> paths) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        boolean one = path.contains("{");
        boolean writes = method != HttpMethod.GET && method != HttpMethod.HEAD;
        boolean open =
                operation.getSecurity() == null || operation.getSecurity().isEmpty();
        boolean keyed = method == HttpMethod.POST && !operation.hasExtension(REPEATABLE);
        hideFromAnswers(operation);
        operation.getResponses().getAPIResponses().forEach((status, answer) -> headers(status, answer, keyed));
        describePath(operation);
        // A wrong token is a 401 also where none is needed.
        problems(operation, "400", "401", "406", "500", "503");
        if (open) {
            // Quarkus adds it for the roles of the class, also where a method is open.
            operation.getResponses().removeAPIResponse("403");
        } else {
            problems(operation, "403", "429");
        }
        if (one) {
            problems(operation, "404");
        }
        if (operation.getRequestBody() != null) {
            problems(operation, "413", "415");
        }
        if (writes) {
            problems(operation, "409", "422");
        }
        if (!open && writes && versions.isConditional(method, path, operation, paths) || names(operation, IF_MATCH)) {
            problems(operation, "412");
            parameter(operation, ifMatch());
        }
        if (keyed) {
            parameter(operation, idempotencyKey());
        }
        parameter(operation, requestId());
    }

    /** The name in the template says of what it is the id. */
    private static void describePath(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        operation.getParameters().stream()
                .filter(each -> each.getIn() == Parameter.In.PATH && each.getDescription() == null)
                .forEach(each -> each.setDescription("Which one; another user's is answered as if it were not there."));
    }

    /** The scanner gives the extension of an operation to each of its answers too. */
    private static void hideFromAnswers(Operation operation) {
        operation.getResponses().removeExtension(REPEATABLE);
        operation.getResponses().getAPIResponses().values().forEach(answer -> answer.removeExtension(REPEATABLE));
    }

    private void headers(String status, APIResponse answer, boolean keyed) {
        if (answer.getRef() != null) {
            return;
        }
        DocumentedHeaders.ofEvery(status, answer);
        if (!status.startsWith("2")) {
            return;
        }
        if (versions.has(answer)) {
            DocumentedHeaders.refer(answer, "ETag");
        }
        if (keyed) {
            DocumentedHeaders.refer(answer, DocumentedHeaders.REPLAYED);
        }
    }

    private static void problems(Operation operation, String... statuses) {
        for (String status : statuses) {
            APIResponse own = operation.getResponses().getAPIResponse(status);
            if (own == null) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                status, OASFactory.createAPIResponse().ref("#/components/responses/Problem" + status));
            } else if (own.getRef() == null && own.getContent() == null) {
                // The resource says why, and not in which form.
                own.setContent(problem(status, own.getDescription()).getContent());
            }
        }
    }

    /** Inline: tools that read the document look for the name of each. */
    private static void parameter(Operation operation, Parameter parameter) {
        if (!names(operation, parameter.getName())) {
            operation.addParameter(parameter);
        }
    }

    private static boolean names(Operation operation, String parameter) {
        List<Parameter> own = operation.getParameters();
        return own != null && own.stream().anyMatch(each -> parameter.equalsIgnoreCase(each.getName()));
    }

    private static Parameter idempotencyKey() {
        Schema key = text(null, null).minLength(1).maxLength(Limits.IDEMPOTENCY_KEY);
        String description = "Makes the request safe to repeat: told again within 24 hours it gets the same answer.";
        return header(KeyedRequest.HEADER, description, "order-4711").schema(key);
    }

    private static Parameter ifMatch() {
        return header(IF_MATCH, "The ETag of the object that is meant; with another one the answer is a 412.", "\"7\"");
    }

    private static Parameter requestId() {
        return header(Edge.REQUEST_ID, "Comes back and stands in the logs; made when absent.", "import-2026-11-28");
    }

    private static APIResponse problem(String status, String description) {
        Schema problem = OASFactory.createSchema().ref(ProblemSchemas.PROBLEM);
        APIResponse answer = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem)));
        DocumentedHeaders.ofEvery(status, answer);
        return answer;
    }

    private static Parameter header(String name, String description, String example) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .required(false)
                .description(description)
                .schema(text(null, null))
                .example(example);
    }

    private static Schema text(String description, String example) {
        Schema text = OASFactory.createSchema().type(List.of(SchemaType.STRING));
        if (description != null) {
            text.setDescription(description);
        }
        if (example != null) {
            text.setExample(example);
        }
        return text;
    }
}
