package io.siaran.dispatch.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a delivery; pure.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
final class Signature {

    private static final String HMAC = "HmacSHA256";

    private Signature() {}

    /**
     * The header {@code webhook-signature}: one signature for each secret that is valid, so that a receiver may go over from the
     * old one to the new one whenever it likes.
     *
     * @param id the header {@code webhook-id}
     * @param seconds the header {@code webhook-timestamp}
     */
    static String of(String id, long seconds, String body, List<byte[]> secrets) {
        byte[] signed = (id + "." + seconds + "." + body).getBytes(UTF_8);
        return secrets.stream().map(secret -> "v1," + mac(secret, signed)).collect(Collectors.joining(" "));
    }

    private static String mac(byte[] secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
