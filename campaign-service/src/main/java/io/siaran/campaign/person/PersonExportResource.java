package io.siaran.campaign.person;

import io.siaran.kafka.Writes;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.FileDownloads;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Problem;
import io.siaran.rest.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/leads/person-exports}: what all services keep of one person. */
@Path("/api/v1/leads/person-exports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class PersonExportResource {

    private static final String LINES = "application/jsonl";

    private final FileDownloads files;
    private final PersonExports exports;
    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final String region;

    PersonExportResource(
            FileDownloads files,
            PersonExports exports,
            Caller caller,
            IdempotencyKeys keys,
            Writes writes,
            @ConfigProperty(name = "siaran.lead.phone-region") String region) {
        this.files = files;
        this.exports = exports;
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.region = region;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "exportPerson",
            summary = "Ask every service what it keeps of one person",
            description = "GET …/{id} tells who has answered, GET …/{id}/file has the answers.")
    @APIResponse(
            responseCode = "202",
            description = "asked",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = PersonExport.class)))
    @APIResponse(
            responseCode = "429",
            description = "20 requests of the user of the last hour are not answered yet",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response ask(@NotNull @Valid PersonBody body) {
        UserId user = caller.userId();
        PhoneNumber phone = PhoneField.parse("phone", body.phone(), region);
        return writes.inTransaction(
                tx -> keys.once(tx.connection(), body, () -> accepted(exports.ask(tx, user, phone))));
    }

    @GET
    @RolesAllowed("operator")
    @Operation(operationId = "listPersonExports", summary = "List such requests, newest first")
    public Page<PersonExport> list(@BeanParam PageRequest page) {
        return exports.list(caller.userId(), page);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(operationId = "getPersonExport", summary = "Which services have answered such a request")
    public PersonExport get(@RestPath("id") UUID id) {
        return exports.get(caller.userId(), id);
    }

    @GET
    @Path("/{id}/file")
    @Produces(LINES)
    @RolesAllowed("operator")
    @Operation(
            operationId = "downloadPersonExport",
            summary = "What all services keep of the person",
            description =
                    "A JSON object a line: the service, and one fact with its kind. The newest 2,000 of a kind. 409 until"
                            + " every service has answered, or one of them has not for an hour.")
    @APIResponse(
            responseCode = "200",
            description = "the file",
            content = @Content(mediaType = LINES, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "409",
            description = "not every service has answered yet",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response file(@RestPath("id") UUID id) {
        PersonExport export = exports.get(caller.userId(), id);
        if (export.status() == PersonExport.Status.RUNNING) {
            throw Refusal.conflict("not every service has answered yet");
        }
        return files.of("person.jsonl", LINES, () -> out -> exports.write(export, out));
    }

    private static Response accepted(PersonExport export) {
        return Response.accepted(export)
                .location(URI.create("/api/v1/leads/person-exports/" + export.id()))
                .build();
    }
}
