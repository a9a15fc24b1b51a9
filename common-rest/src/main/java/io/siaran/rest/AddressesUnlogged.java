package io.siaran.rest;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.QuarkusErrorHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What fails outside of every resource Quarkus logs with its whole address, and in it are people's phones and the secrets of callbacks. The
 * line stays, without it; the id of the request stands in it.
 */
@ApplicationScoped
class AddressesUnlogged {

    /** Held, since a logger that nobody holds may be forgotten with its filter. */
    private static final Logger OF_FRAMEWORK = Logger.getLogger(QuarkusErrorHandler.class.getName());

    void begin(@Observes StartupEvent starting) {
        OF_FRAMEWORK.setFilter(AddressesUnlogged::withoutAddress);
    }

    /** The address is the first of what its lines tell. */
    private static boolean withoutAddress(LogRecord line) {
        Object[] told = line.getParameters();
        if (told != null && told.length > 0) {
            Object[] rest = told.clone();
            rest[0] = "an address";
            line.setParameters(rest);
        }
        return true;
    }
}
