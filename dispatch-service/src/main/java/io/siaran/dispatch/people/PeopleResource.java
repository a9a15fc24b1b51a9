package io.siaran.dispatch.people;

import io.siaran.rest.Caller;
import io.siaran.rest.PhoneField;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Everything about one person. */
@Path("/api/v1/people")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "people", description = "Everything about one person.")
@RunOnVirtualThread
class PeopleResource {

    private final People people;
    private final Caller caller;
    private final String phoneRegion;

    PeopleResource(
            People people, Caller caller, @ConfigProperty(name = "siaran.intake.phone-region") String phoneRegion) {
        this.people = people;
        this.caller = caller;
        this.phoneRegion = phoneRegion;
    }

    @GET
    @Path("/{phone}")
    @Operation(
            operationId = "getPerson",
            summary = "Everything about one person: leads, opt-out, messages, walks, replies",
            description = "Of somebody unknown the lists are empty.")
    public PersonView get(
            @Parameter(description = "in any spelling", example = "012-345 6789") @RestPath("phone") String phone) {
        return people.find(caller.userId(), PhoneField.parse("phone", phone, phoneRegion));
    }
}
