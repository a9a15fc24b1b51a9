package io.siaran.gateway.sendingrules;

import io.siaran.gateway.device.DeviceRules;
import io.siaran.rest.Caller;
import io.siaran.rest.EntityTags;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /sending-rules}: what a user asks of all its devices. */
@Path("/api/v1/sending-rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "sending-rules", description = "What a user asks of all its devices.")
class SendingRulesResource {

    private final SendingRulesStore store;
    private final DeviceRules rules;
    private final EntityTags tags;
    private final Caller caller;

    SendingRulesResource(SendingRulesStore store, DeviceRules rules, EntityTags tags, Caller caller) {
        this.store = store;
        this.rules = rules;
        this.tags = tags;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "getSendingRules",
            summary = "Get the sending rules",
            description = "Where none were ever set, everything is off.")
    public SendingRulesView get() {
        return view(store.find(caller.userId()));
    }

    @PUT
    @RolesAllowed("operator")
    @Operation(
            operationId = "replaceSendingRules",
            summary = "Replace the sending rules",
            description = "They hold for every message that begins after the answer.")
    public SendingRulesView replace(@NotNull @Valid SendingRulesBody body) {
        return view(store.replace(caller.userId(), body.rules(), tags::check));
    }

    private SendingRulesView view(SendingRulesStore.Stored stored) {
        return SendingRulesView.of(stored, rules.quiet(stored.rules(), List.of()));
    }
}
