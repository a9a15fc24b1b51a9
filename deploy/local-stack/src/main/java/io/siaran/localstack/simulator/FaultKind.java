package io.siaran.localstack.simulator;

import io.siaran.model.WireEnum;
import java.util.Arrays;
import java.util.List;

/** What can go wrong at a platform; each says whether the phone receives the message all the same, and what comes of it. */
enum FaultKind implements WireEnum {
    TOKEN_EXPIRED("""
            The platform says that the credential is not valid any more. Nothing arrives. \
            Siaran takes the message back and holds the device until a check finds it well."""),
    RATE_LIMITED("""
            429 with Retry-After. Nothing arrives. Siaran waits for as long as asked and tries again; it costs no attempt.""", "retry_after_seconds", "as_date"),
    SERVER_ERROR("""
            500 with a readable no. Nothing arrives. Siaran tries again, three attempts in all; then the message is failed."""),
    GATEWAY_TIMEOUT("""
            504 of a proxy that lost patience, after it had passed the message on. The phone gets it. \
            Siaran cannot know that: the message is unknown, and is not sent again unless an operator says so.""", "delay_ms"),
    SLOW_BODY("""
            Half of the answer, then a pause, then the rest. The phone gets the message. \
            A pause beyond Siaran's patience of 20 s makes it unknown.""", "delay_ms"),
    HTML_BAD_GATEWAY("""
            An HTML page with status 502. The phone gets the message or not, as you say. Siaran cannot know: unknown.""", "delivered"),
    RESET("""
            The connection breaks after the request was read. The phone gets the message or not, as you say. \
            Siaran cannot know: unknown.""", "delivered"),
    UNKNOWN_NUMBER("""
            The number is not on WhatsApp. Nothing arrives. The message is failed at once."""),
    LOGOUT("""
            The phone logs out while it sends, and stays disconnected until you connect it again. Nothing arrives. \
            Siaran takes the message back and holds the device."""),
    MAINTENANCE("""
            A readable no that blames nobody. Nothing arrives. Siaran tries again, and holds the device after some in a row."""),
    TIMELOCK("""
            WhatsApp's 463: the device may write to nobody new for a while. Nothing arrives. Siaran holds the device."""),
    BANNED("""
            WhatsApp blocked the device's number. Nothing arrives. Siaran takes the message back and holds the device."""),
    MEDIA_UNREACHABLE("""
            The platform could not fetch the image. Nothing arrives. Siaran tries again, three attempts in all."""),
    NO_RECEIPT("""
            The phone gets the message, and the platform never tells that it did. The message stays sent."""),
    RECEIPT_FIRST("""
            The receipts come before the answer to the send. The phone gets the message once; Siaran keeps both."""),
    RECEIPTS_SHUFFLED("""
            Read comes before delivered, and each comes twice. Siaran counts each once."""),
    WRONG_SIGNATURE("""
            The receipts are signed with another key. Siaran believes none of them."""),
    LID_ONLY("""
            The receipts name the person by the LID alone. Siaran finds the message by its id."""),
    DELAYED_QR("""
            The code to scan is not there yet, as often as you say. Strikes no message, but a device that is being linked. \
            Siaran shows that it connects, and then the code.""", "count"),
    REFUSED_LATER("""
            The platform takes the message, and tells later that it could not deliver it. Nothing arrives. \
            Siaran fails the message.""");

    /**
     * A kind, for the page.
     *
     * @param options the fields of a {@link Fault} that mean something for it
     */
    record Described(FaultKind kind, String explanation, List<String> options) {}

    private final String explanation;
    private final List<String> options;

    FaultKind(String explanation, String... options) {
        this.explanation = explanation;
        this.options = List.of(options);
    }

    static List<Described> described() {
        return Arrays.stream(values())
                .map(kind -> new Described(kind, kind.explanation, kind.options))
                .toList();
    }
}
