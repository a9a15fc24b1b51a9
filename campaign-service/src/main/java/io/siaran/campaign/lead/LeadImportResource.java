package io.siaran.campaign.lead;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.siaran.campaign.Query;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.BodyDeadline;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/leads/import}: files of leads. */
@Path("/api/v1/leads/import")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class LeadImportResource {

    private static final String READ = "SELECT * FROM imports WHERE user_id = ";
    private static final String CSV = "text/csv";
    private static final String TABS = "text/tab-separated-values";
    private static final String TEXT = "text/plain";
    private static final String EXCEL = "application/vnd.ms-excel";
    private static final List<String> FILES = List.of(CSV, TABS, TEXT, EXCEL);

    private final ImportUploads uploads;
    private final Devices devices;
    private final Database database;
    private final Caller caller;
    private final CurrentVertxRequest current;

    LeadImportResource(
            ImportUploads uploads, Devices devices, Database database, Caller caller, CurrentVertxRequest current) {
        this.uploads = uploads;
        this.devices = devices;
        this.database = database;
        this.caller = caller;
        this.current = current;
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("operator")
    @Operation(
            operationId = "importLeads",
            summary = "Add or change the leads of a CSV file",
            description =
                    "Columns name, phone, niche, target_status, trigger, device_id, consent_source, consent_at, attributes and attributes.<key>,"
                            + " in any order and by many names; separated by comma, semicolon or tab; UTF-8, UTF-16 or"
                            + " Windows-1252. A lead is known by its device and phone. The answer comes when the file is"
                            + " stored; GET …/{id} tells how far it is. With dry_run nothing is stored, and the answer says how"
                            + " the first lines are understood.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = TABS, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = TEXT, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = EXCEL, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "202",
            description = "stored; it is worked off now",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = LeadImport.View.class)))
    @APIResponse(
            responseCode = "200",
            description = "how the file would be understood (dry_run)",
            content = @Content(schema = @Schema(implementation = ImportPreview.class)))
    public Response upload(
            @Parameter(description = "the device of every line that names none") @RestQuery("device_id")
                    DeviceId device,
            @Parameter(description = "true: say how the file is understood, and store nothing") @RestQuery("dry_run")
                    Boolean dryRun,
            @Parameter(description = "true: a blank cell clears what is stored; false: it says nothing")
                    @RestQuery("erase_blank")
                    Boolean eraseBlank,
            @Parameter(description = "what a column means, as <header>:<field>; may be repeated") @RestQuery("map")
                    List<String> map,
            @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        UserId user = caller.userId();
        requireFile(headers.getMediaType());
        // While a part is stored, who sends is not late.
        InputStream file =
                body == null ? InputStream.nullInputStream() : BodyDeadline.countingReads(current.getCurrent(), body);
        List<String> mapping = map == null ? List.of() : map;
        boolean erasing = Boolean.TRUE.equals(eraseBlank);
        if (device != null) {
            devices.requireOwned(device, user);
        }
        if (Boolean.TRUE.equals(dryRun)) {
            return Response.ok(uploads.preview(file, device, erasing, mapping)).build();
        }
        UUID id = uploads.store(user, file, device, erasing, mapping);
        return Response.accepted(get(id))
                .location(URI.create("/api/v1/leads/import/" + id))
                .build();
    }

    /** Here and not by {@code @Consumes}, which refuses before it is known who calls. */
    private static void requireFile(MediaType type) {
        if (type == null || !FILES.contains(type.getType() + "/" + type.getSubtype())) {
            throw Refusal.unsupportedType("the body is a file of one of the types " + String.join(", ", FILES));
        }
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "listLeadImports", summary = "List imports, newest first")
    public Page<LeadImport.View> list(
            @Parameter(description = "imports that were changed at this time or later") @RestQuery("updated_since")
                    Instant updatedSince,
            @BeanParam PageRequest page) {
        Query query = new Query(READ);
        query.and("?", caller.userId().value());
        query.and(" AND id < ?", page.after(UUID::fromString).orElse(null));
        query.and(" AND updated_at >= ?", updatedSince == null ? null : updatedSince.atOffset(ZoneOffset.UTC));
        query.and(" ORDER BY id DESC LIMIT ?", page.rowsToRead());
        List<LeadImport.View> found = StreamSupport.stream(
                        database.run(query.sql(), query.arguments()).spliterator(), false)
                .map(LeadImport.View::of)
                .toList();
        return Page.of(found, page, LeadImport.View::id, view -> view);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getLeadImport", summary = "How far an import is")
    public LeadImport.View get(@RestPath("id") UUID id) {
        for (Row row : database.run(READ + "$1 AND id = $2", caller.userId().value(), id)) {
            return LeadImport.View.of(row);
        }
        throw Refusal.notFound("import", id);
    }
}
