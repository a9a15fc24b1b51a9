package io.siaran.sequence.authoring;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Sequences over REST. */
@Path("/api/v1/sequences")
class SequenceResource {

    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Sequences sequences;
    private final AuthorSequences author;

    SequenceResource(Caller caller, IdempotencyKeys keys, Sequences sequences, AuthorSequences author) {
        this.caller = caller;
        this.keys = keys;
        this.sequences = sequences;
        this.author = author;
    }

    @POST
    @RolesAllowed("operator")
    @WithTransaction
    public Uni<Response> create(@NotNull @Valid SequenceDocument body) {
        return keys.once(body, () -> author.create(caller.userId(), body).map(SequenceResource::created));
    }

    @GET
    @RolesAllowed("viewer")
    @WithSession
    public Uni<Page<SequenceDocument>> list(@RestQuery("status") SequenceStatus status, @BeanParam PageRequest page) {
        return sequences
                .list(caller.userId(), status, page)
                .map(rows -> Page.of(rows, page, row -> row.id, Sequence::document));
    }

    @GET
    @Path("{id}")
    @RolesAllowed("viewer")
    @WithSession
    public Uni<SequenceDocument> get(@RestPath SequenceId id) {
        return sequences.find(caller.userId(), id).map(Sequence::document);
    }

    /** Lets people in from now on, those who carry the trigger already among them; goes on where it was deactivated. */
    @POST
    @Path("{id}/activate")
    @RolesAllowed("operator")
    @WithTransaction
    public Uni<Response> activate(@RestPath SequenceId id) {
        return keys.once(null, () -> become(SequenceStatus.ACTIVE, id));
    }

    /** Nobody enters, nothing is fired, what is queued waits; people stay where they are in it. */
    @POST
    @Path("{id}/deactivate")
    @RolesAllowed("operator")
    @WithTransaction
    public Uni<Response> deactivate(@RestPath SequenceId id) {
        return keys.once(null, () -> become(SequenceStatus.INACTIVE, id));
    }

    private Uni<Response> become(SequenceStatus status, SequenceId id) {
        return author.become(status, caller.userId(), id)
                .map(sequence -> Response.ok(sequence.document()).build());
    }

    private static Response created(Sequence sequence) {
        return Response.created(URI.create("/api/v1/sequences/" + sequence.id))
                .entity(sequence.document())
                .build();
    }
}
