package io.siaran.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
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
}
