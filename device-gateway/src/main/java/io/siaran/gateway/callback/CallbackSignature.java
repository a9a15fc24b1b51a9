package io.siaran.gateway.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.gateway.provider.CallbackReading.Verification.Signature;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks what platforms sign. Pure. */
final class CallbackSignature {

    private CallbackSignature() {}

    /**
     * Whether the signature in the headers is that of the body; takes the same time for every wrong one.
     *
     * @param header a header's value by its name, or null
     */
    static boolean isRight(Signature form, String secret, UnaryOperator<String> header, byte[] body) {
        String given = header.apply(form.header());
        if (given == null || !given.startsWith(form.prefix())) {
            return false;
        }
        byte[] expected = expected(form, secret, header, body).getBytes(US_ASCII);
        String digits = given.substring(form.prefix().length()).strip().toLowerCase(Locale.ROOT);
        return MessageDigest.isEqual(expected, digits.getBytes(UTF_8));
    }

    private static String expected(Signature form, String secret, UnaryOperator<String> header, byte[] body) {
        try {
            Mac mac = Mac.getInstance(form.algorithm());
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), form.algorithm()));
            form.timestampHeader().map(header).ifPresent(time -> mac.update((time + ".").getBytes(UTF_8)));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
