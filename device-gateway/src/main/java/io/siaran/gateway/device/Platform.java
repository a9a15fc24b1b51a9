package io.siaran.gateway.device;

import io.siaran.model.WireEnum;
import java.util.Arrays;
import java.util.Optional;

/**
 * Through whom a device reaches WhatsApp: one constant an adapter, each in a package of its own below {@code provider}. In
 * the database it is the lower-case name; the REST contract has {@link PlatformName} and {@link Engine} for it.
 */
public enum Platform implements WireEnum {
    /** The hosted API of Wablas; the credential is {@code token} or {@code token.secret}. */
    WABLAS(PlatformName.WABLAS, null),
    /** The hosted API of Whacenter; the credential is its device id. */
    WHACENTER(PlatformName.WHACENTER, null),
    /** WhatsApp Web through the bridge of this installation, which a device needs no credential for. */
    BRIDGE(PlatformName.WHATSAPP_WEB, Engine.BRIDGE),
    /** WhatsApp Web through gowa; the credential is {@code user:password} of its Basic authentication. */
    GOWA(PlatformName.WHATSAPP_WEB, Engine.GOWA),
    /** WhatsApp Web through WAHA; the credential is its API key. */
    WAHA(PlatformName.WHATSAPP_WEB, Engine.WAHA),
    /** WhatsApp Web through Evolution API; the credential is its API key. */
    EVOLUTION(PlatformName.WHATSAPP_WEB, Engine.EVOLUTION);

    private final PlatformName platformName;
    private final Engine engine;

    Platform(PlatformName platformName, Engine engine) {
        this.platformName = platformName;
        this.engine = engine;
    }

    /** The platform that is stored so; empty for one that this version does not know. */
    public static Optional<Platform> find(String wire) {
        return Arrays.stream(values())
                .filter(known -> known.wire().equals(wire))
                .findFirst();
    }

    /** The platform that the contract names so; empty where the two do not go together. */
    public static Optional<Platform> of(PlatformName name, Engine engine) {
        return Arrays.stream(values())
                .filter(known -> known.platformName == name && known.engine == engine)
                .findFirst();
    }

    public PlatformName platformName() {
        return platformName;
    }

    /** Null for a platform that is none of WhatsApp Web. */
    public Engine engine() {
        return engine;
    }

    /** Whether one server, with one key, serves many numbers: each of them is a session there. */
    public boolean hasSessions() {
        return engine != null;
    }

    /** Whether its server is the installation's own: no device names it, and it may be in an internal network. */
    public boolean isOurOwn() {
        return this == BRIDGE;
    }

    /**
     * What tells a number from others on the same server: the session, else the part of the credential that is the number's.
     * What follows the first dot of a Wablas credential only proves it.
     */
    public String identity(Credential credential, String session) {
        if (hasSessions()) {
            return session;
        }
        return this == WABLAS ? credential.secret().split("\\.", 2)[0] : credential.secret();
    }
}
