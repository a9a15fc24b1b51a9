package io.siaran.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.DeviceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What opens the link page of one device, for a while and without a token of the caller. Made of the key of the installation,
 * the device and the end, so nothing of it is stored and every instance knows it.
 */
@ApplicationScoped
public class LinkSecrets {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,11})\\.([A-Za-z0-9_-]{32})");
    private static final int BYTES = 24;

    private final SecretKey key;

    LinkSecrets(DeviceConfig config) {
        this.key = CredentialVault.key(config).derive("link page", "HmacSHA256");
    }

    /** @param until to the second */
    public String of(DeviceId device, Instant until) {
        long end = until.getEpochSecond();
        return end + "." + secret(device, end);
    }

    /** Whether it is this device's and has not ended. */
    public boolean holds(DeviceId device, String secret, Instant now) {
        Matcher form = FORM.matcher(secret == null ? "" : secret);
        if (!form.matches()) {
            return false;
        }
        long end = Long.parseLong(form.group(1));
        byte[] expected = secret(device, end).getBytes(UTF_8);
        boolean right = MessageDigest.isEqual(expected, form.group(2).getBytes(UTF_8));
        return right && now.getEpochSecond() < end;
    }

    private String secret(DeviceId device, long end) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] code = mac.doFinal((device + ":" + end).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, BYTES));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
