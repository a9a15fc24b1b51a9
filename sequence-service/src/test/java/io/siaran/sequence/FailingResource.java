package io.siaran.sequence;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** Warns and then fails, as the other operations do and none of them when it is asked to: for what the log says then. */
@Path("/api/v1/failures")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@RunOnVirtualThread
class FailingResource {

    /** Of no package whose warnings a test module leaves out. */
    private static final Logger LOG = Logger.getLogger("io.siaran.failures");

    @GET
    @Operation(hidden = true)
    public String fail() {
        LOG.warnf("virtual=%s and about to fail", Thread.currentThread().isVirtual());
        throw new IllegalStateException("on purpose");
    }
}
