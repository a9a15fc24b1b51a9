package io.siaran.gateway.registration;

import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.PlatformName;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.Limits;
import io.siaran.model.Text;
import io.siaran.rest.ViolationCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a device is reached: its platform, and what that has to be told to know it. */
@ApplicationScoped
class ReadAccess {

    /** What goes into a header or a query as it stands: anything else made messages {@code unknown}. */
    private static final Pattern CREDENTIAL = Pattern.compile("[!-~]{1,500}");

    /** What goes into a path, a header or a JSON text as it stands. */
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_.@:-]{1,100}");

    private static final String NEVER_CHANGES = "never changes: register another device";

    private final Providers providers;
    private final ServerAddresses addresses;

    ReadAccess(Providers providers, ServerAddresses addresses) {
        this.providers = providers;
        this.addresses = addresses;
    }

    /** As in {@link DeviceSettings}; of what is wrong any part may be null. */
    record Access(Platform platform, Credential credential, String server, String session) {

        /** Never with the credential: this may be logged. */
        @Override
        public String toString() {
            return "Access[" + platform + "]";
        }
    }

    Access ofNew(DeviceBody body, Objections wrong) {
        checkPlatform(body, wrong);
        Platform platform = body.adapter();
        if (platform != null && platform.isOurOwn()) {
            return ofOurs(body, platform, body.session() != null, wrong);
        }
        wrong.unless(body.credential() != null, "credential", "is required", ViolationCode.REQUIRED);
        return read(body, platform, wrong);
    }

    Access ofChange(DeviceBody body, Device device, Objections wrong) {
        checkPlatform(body, wrong);
        Platform known = device.knownPlatform();
        boolean same = body.platform() == null || body.platform() == known.platformName();
        wrong.unless(same, "platform", NEVER_CHANGES, ViolationCode.READ_ONLY);
        boolean sameEngine = body.engine() == null || body.engine() == known.engine();
        wrong.unless(sameEngine, "engine", NEVER_CHANGES, ViolationCode.READ_ONLY);
        if (known.isOurOwn()) {
            boolean renames = body.session() != null && !body.session().equals(device.session);
            return ofOurs(body, known, renames, wrong);
        }
        return read(body, known, wrong);
    }

    private static void checkPlatform(DeviceBody body, Objections wrong) {
        boolean isWeb = body.platform() == PlatformName.WHATSAPP_WEB;
        wrong.unless(body.platform() != null, "platform", "is required", ViolationCode.REQUIRED);
        wrong.unless(
                isWeb || body.platform() == null || body.engine() == null,
                "engine",
                "is only for WhatsApp Web",
                ViolationCode.CONTRADICTION);
    }

    /**
     * The installation's own server is spoken to with the installation's own token, and knows a device by its id: what stands in
     * the place of a credential is nothing secret.
     */
    private Access ofOurs(DeviceBody body, Platform platform, boolean namesSession, Objections wrong) {
        ProviderAdapter ours = providers.of(platform);
        String server = ours.usualServer().orElseThrow();
        boolean namesServer = body.baseUrl() != null && !body.baseUrl().equals(server);
        wrong.unless(ours.isThere(), "engine", "is required: this installation has no bridge", ViolationCode.REQUIRED);
        refuse("session", namesSession, wrong);
        refuse("credential", body.credential() != null, wrong);
        refuse("base_url", namesServer, wrong);
        return new Access(platform, new Credential(platform.wire()), server, null);
    }

    private static void refuse(String field, boolean isSet, Objections wrong) {
        wrong.unless(!isSet, field, "is not for this engine", ViolationCode.CONTRADICTION);
    }

    private Access read(DeviceBody body, Platform platform, Objections wrong) {
        return new Access(
                platform, credential(body, wrong), server(body, platform, wrong), session(body, platform, wrong));
    }

    private static Credential credential(DeviceBody body, Objections wrong) {
        String secret = body.credential();
        boolean right = secret == null || CREDENTIAL.matcher(secret).matches();
        wrong.unless(right, "credential", "must have 1 to 500 visible ASCII characters, without spaces");
        return secret == null || !right ? null : new Credential(secret);
    }

    private static String session(DeviceBody body, Platform platform, Objections wrong) {
        String session = body.session();
        boolean fits = session == null || SESSION.matcher(session).matches();
        wrong.unless(fits, "session", "must have 1 to 100 letters, digits and _ . @ : -");
        wrong.unless(
                session == null || platform == null || platform.hasSessions(),
                "session",
                "is only for WhatsApp Web",
                ViolationCode.CONTRADICTION);
        return session;
    }

    private String server(DeviceBody body, Platform platform, Objections wrong) {
        if (platform == null) {
            return null;
        }
        Optional<String> named = Optional.ofNullable(body.baseUrl())
                .or(() -> providers.of(platform).usualServer());
        if (named.isEmpty()) {
            wrong.unless(false, "base_url", "is required for this platform", ViolationCode.REQUIRED);
            return null;
        }
        String asked = named.get();
        boolean fits = Text.length(asked) <= Limits.URL;
        wrong.unless(fits, "base_url", "must have at most " + Limits.URL + " characters", ViolationCode.TOO_LONG);
        String server = ServerAddresses.plain(asked);
        addresses.objection(server).ifPresent(why -> wrong.unless(false, "base_url", why));
        return server;
    }
}
