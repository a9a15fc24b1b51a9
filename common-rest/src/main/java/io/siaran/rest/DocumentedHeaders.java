package io.siaran.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers of answers; one that is required is on each answer that documents it. */
final class DocumentedHeaders {

    static final String REPLAYED = "Idempotency-Replayed";

    private static final String RETRY_AFTER = "Retry-After";

    /** Of a 429; other refusals say when to ask again only where waiting helps. */
    private static final String RETRY_AFTER_ALWAYS = "Retry-After-Always";

    private DocumentedHeaders() {}

    static void addTo(Components components) {
        components.addHeader(Edge.REQUEST_ID, always("the id of the request, as in the logs", "import-2026-11-28"));
        components.addHeader("ETag", always("the version of the object, for If-Match", "\"7\""));
        components.addHeader(
                "Location",
                always(
                        "the path of what was made, or of what tells how far it is",
                        "/api/v1/leads/018f2a60-0000-7000-8000-000000000001"));
        components.addHeader(RETRY_AFTER, sometimes("in how many seconds it may succeed, where waiting helps", "1"));
        components.addHeader(RETRY_AFTER_ALWAYS, always("in how many seconds it may succeed", "1"));
        components.addHeader("Allow", always("the methods that the path takes", "GET, POST"));
        components.addHeader(
                REPLAYED, sometimes("true when it is the answer that the same Idempotency-Key got before", "true"));
    }

    /** Those that an answer has because of its status. */
    static void ofEvery(String status, APIResponse answer) {
        refer(answer, Edge.REQUEST_ID);
        switch (status) {
            case "201", "303", "307" -> refer(answer, "Location");
            case "405" -> refer(answer, "Allow");
            case "409", "503" -> refer(answer, RETRY_AFTER);
            case "429" -> refer(answer, RETRY_AFTER, RETRY_AFTER_ALWAYS);
            default -> {}
        }
    }

    static void refer(APIResponse answer, String name) {
        refer(answer, name, name);
    }

    private static void refer(APIResponse answer, String name, String component) {
        if (answer.getHeaders() == null || !answer.getHeaders().containsKey(name)) {
            answer.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + component));
        }
    }

    private static Header always(String description, String example) {
        return sometimes(description, example).required(true);
    }

    private static Header sometimes(String description, String example) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema()
                        .type(List.of(SchemaType.STRING))
                        .example(example));
    }
}
