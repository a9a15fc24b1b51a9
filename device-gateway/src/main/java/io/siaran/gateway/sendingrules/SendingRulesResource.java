package io.siaran.gateway.sendingrules;

import io.siaran.rest.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/** {@code /sending-rules}: what a user asks of all its devices. */
@Path("/api/v1/sending-rules")
@RunOnVirtualThread
class SendingRulesResource {

    private final SendingRulesStore rules;
    private final Caller caller;

    SendingRulesResource(SendingRulesStore rules, Caller caller) {
        this.rules = rules;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    public SendingRulesBody get() {
        return SendingRulesBody.of(rules.find(caller.userId()));
    }

    @PUT
    @RolesAllowed("operator")
    public SendingRulesBody replace(@NotNull @Valid SendingRulesBody body) {
        return SendingRulesBody.of(rules.replace(caller.userId(), body.rules()));
    }
}
