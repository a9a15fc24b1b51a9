package io.siaran.dispatch.analytics;

import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What every user sent, for whoever sends the bills. A user sees its own by {@code GET /analytics?group_by=day}. */
@Path("/api/v1/analytics/usage")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Tag(name = "analytics", description = "What became of messages, in groups.")
@RunOnVirtualThread
class UsageResource {

    private static final String USAGE = Sql.load(UsageResource.class, "usage.sql");

    private final Reads reads;
    private final Clock clock;

    UsageResource(Reads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "listUsage",
            summary = "What became of the messages of every user, day by day",
            description =
                    "For administrators. From the counts of reports, tests left out; who had no messages on a day is not listed for"
                            + " it. A day is final when nothing of it is open or unknown any more.")
    public Page<Usage> list(@BeanParam UsageQuery query, @BeanParam PageRequest page) {
        Days days = Days.within(query.from(), query.to(), LocalDate.now(clock.withZone(Analytics.EASTERNMOST)));
        Usage.Place after = page.after(Usage.Place::read).orElse(Usage.Place.BEGINNING);
        List<Usage> rows = StreamSupport.stream(
                        reads.run(
                                        USAGE,
                                        days.from(),
                                        days.to(),
                                        query.userId(),
                                        after.day(),
                                        after.userId(),
                                        page.rowsToRead())
                                .spliterator(),
                        false)
                .map(Usage::of)
                .toList();
        return Page.of(rows, page, Usage::place, usage -> usage);
    }
}
