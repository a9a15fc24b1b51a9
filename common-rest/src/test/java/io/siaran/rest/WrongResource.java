package io.siaran.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Answers otherwise than it documents. */
@Path("/api/v1/notes/wrong")
@RolesAllowed("viewer")
class WrongResource {

    @GET
    @Path("body")
    @APIResponse(
            responseCode = "200",
            description = "a step",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ThingResource.Step.class)))
    public Response body() {
        return Response.ok(Map.of("day", "1", "colour", "red")).build();
    }

    @GET
    @Path("status")
    @APIResponse(responseCode = "200", description = "never")
    public Response status() {
        return Response.status(202).build();
    }

    @GET
    @Path("type")
    @APIResponse(responseCode = "200", description = "a step", content = @Content(mediaType = "application/json"))
    public Response type() {
        return Response.ok("a,b").type("text/csv").build();
    }

    record Bounded(
            @Schema(description = "n", example = "5") @Min(1) @Max(9)
            Integer number,

            @Schema(description = "w", example = "abc") @Size(min = 2, max = 3)
            String word,

            @Schema(description = "l", example = "[\"a\"]") @Size(min = 1, max = 2)
            List<String> list) {}

    @GET
    @Path("nothing")
    @APIResponse(
            responseCode = "200",
            description = "a step",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ThingResource.Step.class)))
    public Response nothing() {
        return Response.ok().build();
    }

    @GET
    @Path("hidden")
    @Operation(hidden = true)
    public Response hidden() {
        return Response.status(404).build();
    }

    @GET
    @Path("header")
    @APIResponse(responseCode = "204", description = "nothing")
    public Response header() {
        return Response.noContent().tag("7").header("Location", "/there").build();
    }

    @GET
    @Path("tag")
    @APIResponse(
            responseCode = "200",
            description = "one that has a version",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ThingResource.ThingAnswer.class)))
    public Response tag() {
        return Response.ok(Map.of("name", "Ani")).build();
    }

    @GET
    @Path("low")
    @APIResponse(
            responseCode = "200",
            description = "bounded",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Bounded.class)))
    public Response low() {
        return Response.ok(Map.of("number", 0, "word", "a", "list", List.of())).build();
    }

    @GET
    @Path("high")
    @APIResponse(
            responseCode = "200",
            description = "bounded",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Bounded.class)))
    public Response high() {
        return Response.ok(Map.of("number", 10, "word", "abcd", "list", List.of("a", "b", "c")))
                .build();
    }
}
