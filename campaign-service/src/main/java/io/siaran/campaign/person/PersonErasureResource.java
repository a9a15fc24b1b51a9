package io.siaran.campaign.person;

import io.siaran.kafka.Writes;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
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

/** {@code /api/v1/leads/person-erasures}: all services forget who a person is. */
@Path("/api/v1/leads/person-erasures")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class PersonErasureResource {

    private final ErasePeople erasures;
    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final String region;

    PersonErasureResource(
            ErasePeople erasures,
            Caller caller,
            IdempotencyKeys keys,
            Writes writes,
            @ConfigProperty(name = "siaran.lead.phone-region") String region) {
        this.erasures = erasures;
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.region = region;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "erasePerson",
            summary = "Have every service forget who a person is",
            description =
                    "Cannot be undone. The person opts out at once, what waits ends, and what is in flight is asked back; then the"
                            + " leads go, and what was written loses phone, name and text. Counts stay. Of the opt-out stays a keyed"
                            + " hash of the phone: whoever is imported again is still opted out. Asked again while it is under way,"
                            + " the same erasure is answered.")
    @APIResponse(
            responseCode = "202",
            description = "asked",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = PersonErasure.class)))
    public Response erase(@NotNull @Valid PersonBody body) {
        UserId user = caller.userId();
        PhoneNumber phone = PhoneField.parse("phone", body.phone(), region);
        return writes.inTransaction(tx -> keys.once(
                tx.connection(), body, () -> accepted(erasures.get(tx, user, erasures.ask(tx, user, phone)))));
    }

    @GET
    @RolesAllowed("operator")
    @Operation(operationId = "listPersonErasures", summary = "List erasures, newest first")
    public Page<PersonErasure> list(@BeanParam PageRequest page) {
        return erasures.list(caller.userId(), page);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(operationId = "getPersonErasure", summary = "How far an erasure is, and what each service has erased")
    public PersonErasure get(@RestPath("id") UUID id) {
        return erasures.get(caller.userId(), id);
    }

    private static Response accepted(PersonErasure erasure) {
        return Response.accepted(erasure)
                .location(URI.create("/api/v1/leads/person-erasures/" + erasure.id()))
                .build();
    }
}
