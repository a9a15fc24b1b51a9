package io.siaran.gateway.linking;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.LinkPort.Standing;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a phone's link is. Whoever has the code or the address of the page can link a phone, so it is for operators only. */
@Schema(description = "How far the link of a device's phone is.")
record LinkView(
        @Schema(
                required = true,
                description = "connecting: ask again. scan: the code waits to be scanned. linked. ended: begin anew."
                        + " unreachable: its server does not answer now.",
                example = "scan")
        LinkState state,

        @Schema(
                required = true,
                nullable = true,
                description = "Why it is not linked, in words.",
                example = "it waits for somebody who scans the code")
        String reason,

        @Schema(
                required = true,
                nullable = true,
                description = "What the QR code to scan says, while one is shown. It changes every 20 s or so.",
                example = "2@dGhpcyBpcyBub3QgYSBjb2Rl")
        String qr,

        @Schema(
                required = true,
                nullable = true,
                description = "The linked phone's number, once it is known.",
                example = "60123456789")
        String phone,

        @Schema(
                required = true,
                description = "The page for whoever has the phone. It needs no token.",
                example =
                        "https://siaran.example.com/api/v1/devices/01936f2e-0000-7000-8000-0000000000d1/link#1796000000.c2VjcmV0")
        URI linkUrl,

        @Schema(required = true, description = "Until when that page opens.", example = "2026-11-28T02:15:00Z")
        Instant linkExpiresAt) {

    static LinkView of(Standing standing, URI linkUrl, Instant linkExpiresAt) {
        return new LinkView(
                LinkState.of(standing),
                reason(standing.health()),
                standing.qr().orElse(null),
                standing.phone().orElse(null),
                linkUrl,
                linkExpiresAt);
    }

    /** Null where it is linked. */
    static String reason(Health health) {
        return switch (health) {
            case Health.Connected _ -> null;
            case Health.NotConnected(String why) -> why;
            case Health.Refused refused -> refused.reason();
            case Health.CannotBeAsked away -> away.detail();
        };
    }

    /** Never with the code: this may be logged. */
    @Override
    public String toString() {
        return "LinkView[" + state + "]";
    }
}
