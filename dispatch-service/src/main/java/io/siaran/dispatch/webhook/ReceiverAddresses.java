package io.siaran.dispatch.webhook;

import io.siaran.rest.InternalAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a delivery may go. A tenant types the address, so it must not lead into our own network: the written one is judged when
 * it is saved, and at each call the very address that is then connected to.
 */
@ApplicationScoped
class ReceiverAddresses {

    private static final String NO_URL = "must be an http or https URL without user and fragment";
    private static final String INTERNAL = "must not be an address of an internal network";

    private final boolean internalAllowed;

    @Inject
    ReceiverAddresses(WebhookConfig config) {
        this(config.allowInternalAddresses());
    }

    ReceiverAddresses(boolean internalAllowed) {
        this.internalAllowed = internalAllowed;
    }

    /** What is wrong with that URL as it stands, without asking for its name. */
    Optional<String> objection(String url) {
        Optional<String> host = host(url);
        if (host.isEmpty()) {
            return Optional.of(NO_URL);
        }
        return !internalAllowed && InternalAddresses.isWritten(host.get()) ? Optional.of(INTERNAL) : Optional.empty();
    }

    /**
     * The one to connect to of all the addresses of a name.
     *
     * @throws UnknownHostException when any of them is internal
     */
    InetAddress judged(InetAddress... addresses) throws UnknownHostException {
        for (InetAddress address : addresses) {
            if (!internalAllowed && InternalAddresses.contain(address)) {
                throw new UnknownHostException("leads into an internal network");
            }
        }
        return addresses[0];
    }

    private static Optional<String> host(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean usable = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
            return usable ? Optional.ofNullable(uri.getHost()) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }
}
