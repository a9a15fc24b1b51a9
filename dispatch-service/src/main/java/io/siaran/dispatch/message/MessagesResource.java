package io.siaran.dispatch.message;

import io.siaran.model.MessageId;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What became of messages, and why those wait that wait. */
@Path("/api/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "messages", description = "Each message, from planned to read.")
@RunOnVirtualThread
public class MessagesResource {

    private final Messages messages;
    private final Caller caller;
    private final String phoneRegion;

    MessagesResource(
            Messages messages, Caller caller, @ConfigProperty(name = "siaran.intake.phone-region") String phoneRegion) {
        this.messages = messages;
        this.caller = caller;
        this.phoneRegion = phoneRegion;
    }

    @GET
    @Operation(operationId = "listMessages", summary = "Messages, newest planned first")
    public Page<MessageView> list(@BeanParam MessageQuery query, @BeanParam PageRequest page) {
        return messages.list(caller.userId(), query.filter(phoneRegion), page);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getMessage", summary = "One message: what happened to it, and what it waits for")
    public MessageView get(@RestPath("id") MessageId id) {
        return messages.find(caller.userId(), id);
    }
}
