package io.siaran.rest;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TargetStatus;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** One endpoint for each thing that the library promises. */
@Path("/api/v1/notes")
@RolesAllowed("viewer")
class NoteResource {

    /** As nested as a sequence is. */
    record NoteRequest(
            @NotBlank String phone,
            Integer number,
            TargetStatus targetStatus,
            List<@Valid Step> steps,
            Double pauseSeconds,
            PhoneNumber digits,
            ZoneId timeZone) {}

    record Step(@PositiveOrZero BigDecimal triggerDelayHours, LocalDate firstDay) {}

    record NoteAnswer(UUID id, String userId, String nothing) {}

    static final Semaphore ENTERED = new Semaphore(0);
    static final CountDownLatch GATE = new CountDownLatch(1);

    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Pool pool;

    NoteResource(Caller caller, IdempotencyKeys keys, Pool pool) {
        this.caller = caller;
        this.keys = keys;
        this.pool = pool;
    }

    @GET
    public Page<String> list(
            @BeanParam PageRequest page,
            @RestQuery("target_status") TargetStatus targetStatus,
            @RestQuery("lead_id") LeadId leadId,
            @RestQuery LocalDate from,
            @RestQuery CreationOrder sort,
            @RestQuery String label) {
        int first = page.after(Integer::parseInt).orElse(0) + 1;
        List<Integer> rows = IntStream.rangeClosed(first, 120)
                .limit(page.rowsToRead())
                .boxed()
                .toList();
        return Page.of(rows, page, row -> row, row -> "note " + row);
    }

    /** As plain text would fit it by its constructor. */
    public record OneText(String text) {}

    @POST
    @Path("one-text")
    public String oneText(OneText body) {
        return body.text();
    }

    /** A list that is made for as long as the test likes. */
    @GET
    @Path("gated")
    @RunOnVirtualThread
    public List<String> gated(@BeanParam PageRequest page) throws InterruptedException {
        ENTERED.release();
        GATE.await();
        return List.of("x".repeat(page.limit()));
    }

    @GET
    @Path("{id}")
    public NoteAnswer one(@RestPath LeadId id) {
        throw Refusal.notFound("note", id);
    }

    @DELETE
    @Path("{id}")
    public void delete(@RestPath LeadId id) {
        throw Refusal.notFound("note", id);
    }

    @GET
    @Path("mine")
    public NoteAnswer mine() {
        return new NoteAnswer(new UUID(0, 0), caller.userId().value(), null);
    }

    @POST
    @Path("checked")
    @RolesAllowed("operator")
    public NoteRequest check(@NotNull @Valid NoteRequest body) {
        return body;
    }

    @POST
    @Path("taken")
    public Response taken() {
        throw Refusal.conflict("it is there already", new UUID(0, 7));
    }

    @POST
    @Path("phone")
    public Response phone(NoteRequest body) {
        return Response.ok(PhoneField.parse("phone", body.phone(), "MY").digits())
                .build();
    }

    @GET
    @Path("export")
    @Produces("text/csv")
    public String export() {
        return "phone\n";
    }

    @GET
    @Path("kinds")
    public List<TargetStatus> kinds(@RestQuery List<TargetStatus> kinds) {
        return kinds;
    }

    @GET
    @Path("bug")
    public Response bug() {
        throw new IllegalStateException("the password is hunter2");
    }

    /** What the pool says when no connection became free in time. */
    @GET
    @Path("crowded")
    public Response crowded() {
        throw new CompletionException(new NoStackTraceThrowable("Timeout"));
    }

    @GET
    @Path("of/{phone}/bug")
    public Response bugOf(@RestPath String phone) {
        return bug();
    }

    @GET
    @Path("of/{phone}/crowded")
    public Response crowdedOf(@RestPath String phone) {
        return crowded();
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return caller.userId().value();
    }

    @POST
    @WithTransaction
    public Uni<Response> create(@NotNull @Valid NoteRequest body, @RestQuery String label) {
        return keys.once(body, () -> persist(body).map(NoteResource::created));
    }

    @POST
    @Path("by-engine")
    @RunOnVirtualThread
    public Response createByEngine(@NotNull @Valid NoteRequest body) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            var transaction = connection.begin().await().indefinitely();
            Response answer = keys.once(connection, body, () -> insert(connection, body));
            transaction.commit().await().indefinitely();
            return answer;
        } finally {
            connection.close().await().indefinitely();
        }
    }

    private Response insert(SqlConnection connection, NoteRequest body) {
        UUID id = UUID.randomUUID();
        connection
                .preparedQuery("INSERT INTO notes VALUES ($1, $2, $3)")
                .execute(Tuple.of(id, caller.userId().value(), body.phone()))
                .await()
                .indefinitely();
        return Response.status(201).entity(new NoteAnswer(id, "engine", null)).build();
    }

    private Uni<Note> persist(NoteRequest body) {
        Note note = new Note();
        note.id = UUID.randomUUID();
        note.userId = caller.userId().value();
        note.phone = body.phone();
        return note.<Note>persistAndFlush().call(() -> pause(body));
    }

    private static Uni<?> pause(NoteRequest body) {
        double seconds = body.pauseSeconds() == null ? 0 : body.pauseSeconds();
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT 1 FROM pg_sleep(" + seconds + ")")
                        .getSingleResult());
    }

    private static Response created(Note note) {
        return Response.created(URI.create("/api/v1/notes/" + note.id))
                .entity(new NoteAnswer(note.id, note.userId, null))
                .build();
    }
}
