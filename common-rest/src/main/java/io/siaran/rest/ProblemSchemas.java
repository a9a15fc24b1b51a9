package io.siaran.rest;

import io.siaran.model.WireEnum;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The schemas of what is wrong and of what is doubtful. */
final class ProblemSchemas {

    static final String PROBLEM = "#/components/schemas/Problem";

    private ProblemSchemas() {}

    static void addTo(Components components) {
        components.addSchema("Problem", problem());
        components.addSchema("Violation", violation());
        components.addSchema("Warning", warning());
    }

    private static Schema problem() {
        return object("What went wrong, by RFC 9457.")
                .required(List.of("type", "title", "status", "detail", "code"))
                .addProperty("type", text("urn:siaran:problem: and the code", "urn:siaran:problem:invalid_request"))
                .addProperty("title", text("the name of the status", "Bad Request"))
                .addProperty("status", of(SchemaType.INTEGER, "the status of the answer", 400))
                .addProperty("detail", text("what happened, in a sentence", "the request is not valid"))
                .addProperty("instance", text("the path that was asked", "/api/v1/leads"))
                .addProperty("code", codes("the kind of problem, for programs", ProblemCode.values()))
                .addProperty(
                        "violations",
                        list("what is wrong with the request, of a 400", "#/components/schemas/Violation"))
                .addProperty(
                        "existing_id",
                        text("the object that is in the way, of a 409", "018f2a60-0000-7000-8000-000000000001"))
                .addProperty("error_id", text("stands in the log, of a 500", "7f1a0b2e-1c1d-4f7e-9f53-0d5b5a1c2d3e"));
    }

    private static Schema violation() {
        return object("One thing that is wrong with a request.")
                .required(List.of("field", "message", "code"))
                .addProperty("field", text("its name with its path", "steps[1].day_number"))
                .addProperty("message", text("what is expected", "must be a whole number"))
                .addProperty("code", codes("the kind of mistake, for programs", ViolationCode.values()));
    }

    private static Schema warning() {
        return object("Something that was saved and is doubtful.")
                .required(List.of("code", "field", "message"))
                .addProperty("code", codes("the kind of doubt, for programs", WarningCode.values()))
                .addProperty("field", text("the field's name with its path", "phone"))
                .addProperty("message", text("what will or may happen", "is no mobile number"));
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().type(List.of(SchemaType.OBJECT)).description(description);
    }

    private static Schema list(String description, String of) {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.ARRAY))
                .description(description)
                .items(OASFactory.createSchema().ref(of));
    }

    private static Schema codes(String description, WireEnum... codes) {
        List<Object> words = Arrays.stream(codes).<Object>map(WireEnum::wire).toList();
        return text(description, (String) words.getFirst()).enumeration(words);
    }

    private static Schema text(String description, String example) {
        return of(SchemaType.STRING, description, example);
    }

    private static Schema of(SchemaType type, String description, Object example) {
        return OASFactory.createSchema()
                .type(List.of(type))
                .description(description)
                .example(example);
    }
}
