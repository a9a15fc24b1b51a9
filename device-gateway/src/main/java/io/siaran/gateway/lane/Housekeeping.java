package io.siaran.gateway.lane;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** How the jobs beside the lanes run: what fails is left to the next run, and nobody is alarmed by a shutdown. */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private volatile boolean stopping;

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** @param step does a bounded part of the work and answers whether there is more */
    void run(String what, BooleanSupplier step) {
        try {
            boolean more = true;
            while (more && !stopping) {
                more = step.getAsBoolean();
            }
        } catch (RuntimeException failure) {
            if (!stopping) {
                LOG.warnf("%s waits for its next run: %s", what, failure.toString());
            }
        }
    }
}
