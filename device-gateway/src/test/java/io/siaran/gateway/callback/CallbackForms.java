package io.siaran.gateway.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What each platform's callbacks look like, as its documentation shows them, and how it signs them. */
final class CallbackForms {

    private static final Map<String, String> DELIVERED = Map.of(
            "wablas", """
            {"id":"%s","phone":"60121111111","status":"delivered","note":"","sender":"60110000000","deviceId":"x"}""",
            "gowa", """
            {"event":"message.ack","device_id":"x","timestamp":"2026-11-28T02:00:00Z","payload":{"ids":["%s"],\
            "chat_id":"60121111111@s.whatsapp.net","from":"60121111111@s.whatsapp.net","receipt_type":"delivered"}}""",
            "waha", """
            {"id":"evt_1","timestamp":1795831200000,"event":"message.ack","session":"x","me":{"id":"60110000000@c.us"},\
            "payload":{"id":"true_60121111111@c.us_%s","from":"60110000000@c.us","to":"60121111111@c.us","fromMe":true,\
            "ack":2,"ackName":"DEVICE"}}""",
            "evolution", """
            {"event":"messages.update","instance":"x","date_time":"2026-11-28T02:00:00.000Z","sender":"60110000000@s.whatsapp.net",\
            "data":{"keyId":"%s","remoteJid":"60121111111@s.whatsapp.net","fromMe":true,"status":"DELIVERY_ACK"}}""",
            "bridge", """
            {"events":[{"id":"1","session":"x","kind":"receipt","message_id":"our-0","wa_id":"%s","type":"delivered",\
            "at":1795831200,"recipient":"60121111111"}]}""");

    private static final Map<String, String> REPLY = Map.of(
            "wablas", """
            {"id":"%s","pushName":"Ani","isGroup":false,"message":"Berapa harga?","phone":"60121111111","messageType":"text",\
            "file":"","url":"","deviceId":"x","sender":"60110000000","isFromMe":false,"timestamp":1795831200}""",
            "whacenter", """
            {"pushName":"Ani","from":"60121111111","to":"60110000000","message":"Berapa harga?","media":"","is_group":false,\
            "timestamp":"%s"}""",
            "gowa", """
            {"event":"message","device_id":"x","payload":{"id":"%s","chat_id":"60121111111@s.whatsapp.net",\
            "from":"60121111111@s.whatsapp.net","from_name":"Ani","timestamp":"2026-11-28T02:00:00Z","is_from_me":false,\
            "body":"Berapa harga?"}}""",
            "waha", """
            {"id":"evt_2","timestamp":1795831200000,"event":"message","session":"x","me":{"id":"60110000000@c.us"},\
            "payload":{"id":"false_60121111111@c.us_%s","timestamp":1795831200,"from":"60121111111@c.us","fromMe":false,\
            "body":"Berapa harga?","hasMedia":false,"_data":{"notifyName":"Ani"}}}""",
            "evolution", """
            {"event":"messages.upsert","instance":"x","date_time":"2026-11-28T02:00:00.000Z","data":{"key":{\
            "remoteJid":"60121111111@s.whatsapp.net","fromMe":false,"id":"%s"},"pushName":"Ani",\
            "message":{"conversation":"Berapa harga?"},"messageType":"conversation","messageTimestamp":1795831200}}""",
            "bridge", """
            {"events":[{"id":"2","session":"x","kind":"message","wa_id":"%s","phone":"60121111111","lid":"","text":"Berapa harga?",\
            "type":"conversation","at":1795831200}]}""");

    private static final Map<String, String> ENDED = Map.of(
            "wablas", """
            {"deviceId":"x","deviceName":"x","sender":"60110000000","status":"disconnected","note":"%s","timestamp":1795831200}""",
            "waha", """
            {"id":"%s","timestamp":1795831200000,"event":"session.status","session":"x","payload":{"name":"x","status":"STOPPED"}}""",
            "evolution", """
            {"event":"connection.update","instance":"%s","date_time":"2026-11-28T02:00:00.000Z",\
            "data":{"instance":"x","state":"close","statusReason":401}}""",
            "bridge", """
            {"events":[{"id":"%s","session":"x","kind":"connection","state":"stopped","at":1795831200}]}""");

    /** Of the platforms that tell several events at once. The bridge's says of one message of WhatsApp that it is two of ours. */
    private static final Map<String, String> SEVERAL = Map.of(
            "gowa", """
            {"event":"message.ack","device_id":"x","timestamp":"2026-11-28T02:00:00Z","payload":{"ids":["%s","id-1","id-2"],\
            "chat_id":"60121111111@s.whatsapp.net","from":"60121111111@s.whatsapp.net","receipt_type":"read"}}""",
            "evolution", """
            {"event":"messages.update","instance":"x","date_time":"2026-11-28T02:00:00.000Z","data":[\
            {"keyId":"%s","remoteJid":"60121111111@s.whatsapp.net","fromMe":true,"status":"READ"},\
            {"keyId":"id-1","remoteJid":"60121111111@s.whatsapp.net","fromMe":true,"status":"DELIVERY_ACK"}]}""",
            "bridge", """
            {"events":[{"id":"3","kind":"receipt","message_id":"our-0","wa_id":"both","type":"delivered","at":1795831200},\
            {"id":"4","kind":"receipt","message_id":"our-1","wa_id":"both","type":"read","at":1795831200},\
            {"id":"5","kind":"receipt","message_id":"our-1","wa_id":"%s","type":"read","at":1795831200}]}""");

    /** Those whose callbacks are known here. */
    static final List<String> PLATFORMS = REPLY.keySet().stream().sorted().toList();

    private CallbackForms() {}

    /** Of the platforms that tell receipts. */
    static String delivered(String platform, String id) {
        return DELIVERED.get(platform).formatted(id);
    }

    static String read(String platform, String id) {
        return delivered(platform, id)
                .replace("delivered", "read")
                .replace("\"DEVICE\"", "\"READ\"")
                .replace("DELIVERY_ACK", "READ");
    }

    /** Of Ani. */
    static String reply(String platform, String id) {
        return REPLY.get(platform).formatted(id);
    }

    /** Of the platforms that tell of connections: this one ended. */
    static String ended(String platform, String id) {
        return ENDED.get(platform).formatted(id);
    }

    /** Of the platforms that tell several events at once. */
    static String several(String platform, String id) {
        return SEVERAL.get(platform).formatted(id);
    }

    /**
     * One of each kind that the platform has. {@code id-0} and {@code id-1} stand for its ids of messages, {@code our-0} and
     * {@code our-1} for ours.
     */
    static List<String> all(String platform) {
        return List.of(DELIVERED, REPLY, ENDED, SEVERAL).stream()
                .filter(forms -> forms.containsKey(platform))
                .map(forms -> forms.get(platform).formatted("id-0"))
                .toList();
    }

    /** The headers with which the platform signs that body; none where it does not sign. */
    static Map<String, String> signature(String platform, String secret, byte[] body) {
        return switch (platform) {
            case "gowa" -> Map.of("X-Hub-Signature-256", "sha256=" + code("HmacSHA256", secret, body));
            case "waha" ->
                Map.of("X-Webhook-Hmac", code("HmacSHA512", secret, body), "X-Webhook-Hmac-Algorithm", "sha512");
            case "bridge" -> {
                byte[] signed = ("1796000000." + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
                yield Map.of(
                        "X-Siaran-Timestamp",
                        "1796000000",
                        "X-Siaran-Signature",
                        "sha256=" + code("HmacSHA256", secret, signed));
            }
            default -> Map.of();
        };
    }

    private static String code(String algorithm, String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
