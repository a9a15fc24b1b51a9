package io.siaran.gateway.journal;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** How the periodic jobs run: a failure is left to the next run, and a shutdown logs no failure. */
@ApplicationScoped
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private volatile boolean stopping;

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** @param step does a bounded part of the work and answers whether there is more */
    public void run(String what, BooleanSupplier step) {
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
