package io.siaran.gateway.linking;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.LinkPort.Standing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the link page shows. */
@Schema(description = "What the link page shows.")
record LinkProgress(
        @Schema(required = true, description = "As connect answers it.", example = "scan")
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
                description = "The QR code as an SVG image in base64, while one is shown.",
                example = "PHN2Zz48L3N2Zz4=")
        String qr,

        @Schema(
                required = true,
                nullable = true,
                description = "The code to type on the phone, where one was asked for.",
                example = "ABCD1234")
        String pairingCode,

        @Schema(required = true, description = "Whether a code to type can be asked for now.", example = "true")
        boolean byCode,

        @Schema(required = true, nullable = true, description = "How the linked phone's number ends.", example = "6789")
        String phoneEnds) {

    private static final int SHOWN_DIGITS = 4;

    /** @param canBeScanned whether its platform ever shows a code to scan */
    static LinkProgress of(Standing standing, boolean canBeScanned, Optional<String> pairingCode) {
        LinkState state = LinkState.of(standing);
        return new LinkProgress(
                state,
                reason(standing.health()),
                standing.qr().map(LinkProgress::image).orElse(null),
                pairingCode.orElse(null),
                state == LinkState.SCAN || state == LinkState.ENDED && !canBeScanned,
                standing.phone().map(LinkProgress::end).orElse(null));
    }

    /** What its server never heard of was not begun yet, which is nothing to tell an operator who is about to. */
    private static String reason(Health health) {
        boolean isNew = health instanceof Health.Refused refused && refused.cause() == RefusalCause.UNKNOWN_DEVICE;
        return isNew ? null : LinkView.reason(health);
    }

    private static String image(String code) {
        return Base64.getEncoder().encodeToString(QrCode.of(code).svg().getBytes(StandardCharsets.UTF_8));
    }

    /** Enough to recognize one's own phone; the page is open to whoever has its address. */
    private static String end(String phone) {
        return phone.substring(Math.max(0, phone.length() - SHOWN_DIGITS));
    }

    /** Never with a code: this may be logged. */
    @Override
    public String toString() {
        return "LinkProgress[" + state + "]";
    }
}
