package io.siaran.gateway.device;

import io.siaran.gateway.rules.UserRules;
import io.siaran.model.UserId;
import io.siaran.outbox.Outbox;
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
    private final Devices devices;
    private final Outbox outbox;
    private final Caller caller;

    SendingRulesResource(SendingRulesStore rules, Devices devices, Outbox outbox, Caller caller) {
        this.rules = rules;
        this.devices = devices;
        this.outbox = outbox;
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
        UserId user = caller.userId();
        UserRules replaced = rules.replace(user, body.rules());
        Sessions.await(() -> devices.rulesChanged(user));
        outbox.wake();
        return SendingRulesBody.of(replaced);
    }
}
