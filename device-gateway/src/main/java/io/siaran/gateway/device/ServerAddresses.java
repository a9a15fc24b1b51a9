package io.siaran.gateway.device;

import io.siaran.rest.InternalAddresses;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which servers a device may be on. A tenant types the address, so it must not lead into our own network. The
 * written address is judged when it is saved, and what its name resolves to at each call, unless the configuration allows
 * internal addresses.
 */
@ApplicationScoped
public class ServerAddresses {

    private static final String NO_URL = "must be an http or https URL without user, query or fragment";
    private static final String INTERNAL = "must not be an address of an internal network";
    private static final String RESERVED = "must not be a name that is reserved for examples: no server is ever there";

    /** RFC 2606 and 6761: nobody can have them, whatever name server is asked. (.test is some people's own network.) */
    private static final Pattern RESERVED_NAME =
            Pattern.compile("(.+\\.)?(invalid|example|example\\.(com|net|org))\\.?", Pattern.CASE_INSENSITIVE);

    private final boolean internalAllowed;
    private final ServerNames names;

    @Inject
    ServerAddresses(DeviceConfig config, Vertx vertx) {
        this(config.allowInternalAddresses(), ServerNames.of(vertx));
    }

    /** Judges what is written alone, and asks for no name. */
    public ServerAddresses(boolean internalAllowed) {
        this(internalAllowed, _ -> Optional.empty());
    }

    /** @param internalAllowed as the configuration says */
    public ServerAddresses(boolean internalAllowed, ServerNames names) {
        this.internalAllowed = internalAllowed;
        this.names = names;
    }

    /** Without a slash at its end: the same server is spelled the same. */
    public static String plain(String address) {
        return address.strip().replaceFirst("/+$", "");
    }

    /**
     * One spelling for a server that can be spelled in many: case, a port with zeros or the scheme's own, dots in the path,
     * forms of one IP address. Two names of one server stay two, as only the network knows that they are one.
     */
    public static String canonical(String address) {
        try {
            // A dot may be written as %2e (RFC 3986, 6.2.2.2), and then takes part in dot segments.
            URI uri = new URI(plain(address).replaceAll("(?i)%2e", ".")).normalize();
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int usualPort = scheme.equals("https") ? 443 : 80;
            int port = uri.getPort() < 0 ? usualPort : uri.getPort();
            return scheme + "://" + canonicalHost(uri.getHost()) + ":" + port + plain(uri.getRawPath());
        } catch (URISyntaxException refusedAtSaving) {
            throw new IllegalArgumentException(refusedAtSaving);
        }
    }

    private static String canonicalHost(String written) {
        String name = written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        try {
            return InetAddress.ofLiteral(name.equals("localhost") ? "127.0.0.1" : name)
                    .getHostAddress();
        } catch (IllegalArgumentException aName) {
            return name;
        }
    }

    /** What is wrong with that URL as it stands, without asking for its name. */
    public Optional<String> objection(String url) {
        Optional<String> host = httpHost(url);
        if (host.isEmpty()) {
            return Optional.of(NO_URL);
        }
        if (RESERVED_NAME.matcher(host.get()).matches()) {
            return Optional.of(RESERVED);
        }
        return !internalAllowed && InternalAddresses.isWritten(host.get()) ? Optional.of(INTERNAL) : Optional.empty();
    }

    /**
     * Whether a call to that URL would stay inside. Asks for the name, so it may wait, for virtual threads. The name may lead
     * elsewhere a moment later: where the call connects to is judged by {@link #isInside}. A name that nobody knows is no
     * objection: the call will fail by itself.
     */
    public boolean leadsInside(String url) {
        return !internalAllowed && httpHost(url).map(this::isBehind).orElse(true);
    }

    private boolean isBehind(String host) {
        return InternalAddresses.isWritten(host)
                || names.address(host).filter(InternalAddresses::contain).isPresent();
    }

    /** Where that host leads, inside or outside; empty where nobody knows it. Waits, for virtual threads. */
    public Optional<InetAddress> address(String host) {
        return names.address(host);
    }

    /** Whether a call that is connected to that address must end before anything is written. */
    public boolean isInside(InetAddress connected) {
        return !internalAllowed && InternalAddresses.contain(connected);
    }

    private static Optional<String> httpHost(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean usable = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            return usable ? Optional.ofNullable(uri.getHost()) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }
}
