package io.siaran.dispatch.event;

import io.siaran.rest.Caller;
import io.siaran.rest.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** The stream of events, for systems that ask rather than be told, or that missed something. */
@Path("/api/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "events", description = "What happened, in its order.")
@RunOnVirtualThread
class EventsResource {

    private static final int DEFAULT_LIMIT = 50;
    /** Below what counts as a large list, which waits for its turn: who waits for events must not hold one. */
    private static final int MAX_LIMIT = 100;

    private static final int MAX_WAIT_SECONDS = 60;

    private final EventStream stream;
    private final Caller caller;

    EventsResource(EventStream stream, Caller caller) {
        this.stream = stream;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listEvents",
            summary = "Events behind a cursor, oldest first",
            description =
                    "The same events as webhooks get, kept for 30 days. They are kept from the first request on, or from the"
                            + " first webhook; who has not asked for 30 days and has no webhook begins anew. With wait_seconds an answer"
                            + " that would be empty waits for the next event. By type, an answer looks through 50,000 events at most:"
                            + " where it has no items but another next_cursor than was sent, go on behind that at once.")
    public EventPage list(
            @Parameter(
                            description =
                                    "next_cursor of the answer before, or the sequence of an event; without it from the oldest")
                    @RestQuery("after")
                    String after,
            @Parameter(description = "only of this type; may be repeated", example = "message.failed")
                    @RestQuery("type")
                    List<String> type,
            @Parameter(description = "at most so many events, 1 to 100; default 50") @RestQuery("limit") Integer limit,
            @Parameter(description = "0 to 60, default 0; the service may answer earlier") @RestQuery("wait_seconds")
                    Integer waitSeconds) {
        return stream.behind(
                caller.userId(),
                after,
                type == null ? List.of() : type,
                within("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT),
                Duration.ofSeconds(within("wait_seconds", waitSeconds, 0, MAX_WAIT_SECONDS, 0)));
    }

    private static int within(String name, Integer asked, int least, int most, int usual) {
        int value = Optional.ofNullable(asked).orElse(usual);
        if (value < least || value > most) {
            throw Refusal.invalid(name, "must be from " + least + " to " + most);
        }
        return value;
    }
}
