package io.siaran.sequence.progress;

import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Where the contacts of a sequence are. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "Sequences", description = "Timelines of messages that leads enter by a trigger.")
class ProgressResource {

    private static final String EXISTS = "SELECT FROM sequences WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL";
    private static final String CONTACTS = Sql.load(ProgressResource.class, "list-contacts.sql");
    private static final String COUNT_BY_STEP = Sql.load(ProgressResource.class, "count-by-step.sql");
    private static final String COUNT_BY_DEVICE = Sql.load(ProgressResource.class, "count-by-device.sql");

    private final Caller caller;
    private final Database database;

    ProgressResource(Caller caller, Database database) {
        this.caller = caller;
        this.database = database;
    }

    @GET
    @Path("{id}/contacts")
    @RunOnVirtualThread
    @Operation(
            operationId = "listSequenceContacts",
            summary = "Lists where the contacts of a sequence are: one item a contact and step.",
            description = "Enrolment by enrolment, each in order of its steps.")
    public Page<ContactView> contacts(
            @RestPath SequenceId id, @BeanParam ContactQuery query, @BeanParam PageRequest page) {
        requireSequence(id);
        ContactCursor after = page.after(ContactCursor::parse).orElse(ContactCursor.START);
        RowSet<Row> rows = database.run(
                CONTACTS,
                id.value(),
                caller.userId().value(),
                query.statusesOnTheWire(),
                query.deviceOrNull(),
                after.enrolment(),
                after.step(),
                page.rowsToRead(),
                after.contact());
        return Page.of(list(rows, Function.identity()), page, ContactCursor::of, ContactView::of);
    }

    @GET
    @Path("{id}/report")
    @RunOnVirtualThread
    @Operation(
            operationId = "reportSequence",
            summary = "Counts what became of each step, and on each device that the leads are on now.")
    public Report report(@RestPath SequenceId id) {
        requireSequence(id);
        String user = caller.userId().value();
        return new Report(
                id,
                list(database.run(COUNT_BY_STEP, id.value(), user), ProgressResource::ofStep),
                list(database.run(COUNT_BY_DEVICE, id.value(), user), ProgressResource::ofDevice));
    }

    private void requireSequence(SequenceId id) {
        if (database.run(EXISTS, id.value(), caller.userId().value()).size() == 0) {
            throw Refusal.notFound("sequence", id);
        }
    }

    private static Report.OfStep ofStep(Row row) {
        return new Report.OfStep(
                new StepId(row.getUUID("step_id")),
                row.getInteger("day_number"),
                row.getString("trigger"),
                Counts.of(row));
    }

    private static Report.OfDevice ofDevice(Row row) {
        return new Report.OfDevice(DeviceId.orNull(row.getUUID("device_id")), Counts.of(row));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }
}
