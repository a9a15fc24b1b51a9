package io.siaran.rest;

import io.siaran.model.Limits;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
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

    private static final String RETRY_AFTER = "Retry-After";

    private final DocumentedVersions versions;

    CommonAnswers(DocumentedVersions versions) {
        this.versions = versions;
    }

    void addTo(Components components) {
        components.addHeader(Edge.REQUEST_ID, answered("the id of the request, as in the logs", "import-2026-11-28"));
        components.addHeader("ETag", answered("the version of the object, for If-Match", "\"7\""));
        components.addHeader(
                "Location",
                answered("the path of what was made", "/api/v1/leads/018f2a60-0000-7000-8000-000000000001"));
        components.addHeader(RETRY_AFTER, answered("in how many seconds it may succeed", "1"));
        components.addHeader("Allow", answered("the methods that the path takes", "GET, POST"));
        PROBLEMS.forEach(
                (status, description) -> components.addResponse("Problem" + status, problem(status, description)));
    }

    void complete(HttpMethod method, String path, Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        boolean one = path.contains("{");
        boolean writes = method != HttpMethod.GET && method != HttpMethod.HEAD;
        boolean open =
                operation.getSecurity() == null || operation.getSecurity().isEmpty();
        boolean conditional = !open && (one && writes || method == HttpMethod.PUT || method == HttpMethod.PATCH);
        operation.getResponses().getAPIResponses().forEach((status, answer) -> headers(status, answer));
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
        if (conditional) {
            problems(operation, "412");
            parameter(operation, ifMatch());
        }
        if (method == HttpMethod.POST && !operation.hasExtension(REPEATABLE)) {
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

    private void headers(String status, APIResponse answer) {
        if (answer.getRef() != null) {
            return;
        }
        headerRef(answer, Edge.REQUEST_ID);
        boolean right = status.startsWith("2");
        if (right && status.equals("201")) {
            headerRef(answer, "Location");
        }
        if (right && versions.has(answer)) {
            headerRef(answer, "ETag");
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
        List<Parameter> own = operation.getParameters();
        if (own == null || own.stream().noneMatch(each -> parameter.getName().equalsIgnoreCase(each.getName()))) {
            operation.addParameter(parameter);
        }
    }

    private static Parameter idempotencyKey() {
        Schema key = text(null, null).minLength(1).maxLength(Limits.IDEMPOTENCY_KEY);
        String description = "Makes the request safe to repeat: told again within 24 hours it gets the same answer.";
        return header(KeyedRequest.HEADER, description, "order-4711").schema(key);
    }

    private static Parameter ifMatch() {
        return header(
                "If-Match", "The ETag of the object that is meant; with another one the answer is a 412.", "\"7\"");
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
        headerRef(answer, Edge.REQUEST_ID);
        switch (status) {
            case "405" -> headerRef(answer, "Allow");
            case "409", "429", "503" -> headerRef(answer, RETRY_AFTER);
            default -> {}
        }
        return answer;
    }

    private static void headerRef(APIResponse answer, String name) {
        if (answer.getHeaders() == null || !answer.getHeaders().containsKey(name)) {
            answer.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + name));
        }
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

    private static Header answered(String description, String example) {
        return OASFactory.createHeader().description(description).schema(text(null, example));
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
