package io.siaran.gateway.registration;

import java.util.Optional;

/** What the owner of a device can do next, for people. Nothing of it happens by itself. Pure. */
final class Advice {

    private static final String OWN_SERVER =
            "see that its base_url is right and that server runs: it does not answer, and is asked again by itself";
    private static final String OUR_BRIDGE =
            "tell whoever runs this installation that its bridge does not answer; it is asked again by itself";

    private Advice() {}

    /**
     * Empty where nothing is needed: the device sends, and its server answers.
     *
     * @param isUnreachable whether its server could not be asked about it, three checks in a row at least
     * @param isOurOwn whether its server is the installation's own
     */
    static Optional<String> of(DeviceCondition condition, boolean isUnreachable, boolean isOurOwn) {
        // Where an operator or WhatsApp stopped it, a server that answers changes nothing.
        boolean waitsForServer = switch (condition) {
            case UNCHECKED, ONLINE, DISCONNECTED, REFUSED -> isUnreachable;
            case RESTRICTED, BANNED, PAUSED -> false;
        };
        if (waitsForServer) {
            return Optional.of(isOurOwn ? OUR_BRIDGE : OWN_SERVER);
        }
        return Optional.ofNullable(of(condition));
    }

    private static String of(DeviceCondition condition) {
        return switch (condition) {
            case ONLINE -> null;
            case UNCHECKED -> "wait: its server is asked about it within seconds";
            case DISCONNECTED -> "connect its phone to the internet, or link it again: what waits goes out then";
            case REFUSED ->
                "see that its credential is right and its account is paid, or link its phone again; then resume it";
            case RESTRICTED ->
                "wait: it writes to strangers again by itself once WhatsApp lets it; what cannot wait goes with its leads"
                        + " to another device by move-leads";
            case BANNED ->
                "ask for a review in WhatsApp on its phone, and resume it when it is served again; what cannot wait goes"
                        + " with its leads to another device by move-leads";
            case PAUSED -> "resume it when it shall send again";
        };
    }
}
