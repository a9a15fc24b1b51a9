package io.siaran.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.DeviceId;
import io.siaran.rest.InstallationKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The secrets that a platform is told so that its callbacks can be known: one in the address, one to sign with. They are made
 * of the key of the installation, the device and a generation, so nothing of them is stored, and a wrong one is refused
 * without asking the database. A new generation replaces them.
 */
@ApplicationScoped
public class CallbackSecrets {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})\\.([A-Za-z0-9_-]{32})");
    private static final int BYTES = 24;

    private final SecretKey addressing;
    private final SecretKey signing;

    CallbackSecrets(DeviceConfig config) {
        InstallationKey key = CredentialVault.key(config);
        this.addressing = key.derive("callback address", "HmacSHA256");
        this.signing = key.derive("callback signature", "HmacSHA256");
    }

    /** The last part of the callback address of a device of that platform. */
    public String ofAddress(String platform, DeviceId device, int generation) {
        return generation + "." + secret(addressing, platform + ":" + device, generation);
    }

    /** What the platform signs with, where it signs. */
    public String ofSignature(DeviceId device, int generation) {
        return secret(signing, device.toString(), generation);
    }

    /** Which generation of that address the secret is; empty for any other text. Takes the same time for every wrong one. */
    public OptionalInt generation(String platform, DeviceId device, String secret) {
        Matcher form = FORM.matcher(secret);
        if (!form.matches()) {
            return OptionalInt.empty();
        }
        int generation = Integer.parseInt(form.group(1));
        byte[] expected =
                secret(addressing, platform + ":" + device, generation).getBytes(UTF_8);
        boolean right = MessageDigest.isEqual(expected, form.group(2).getBytes(UTF_8));
        return right ? OptionalInt.of(generation) : OptionalInt.empty();
    }

    private static String secret(SecretKey key, String whose, int generation) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] code = mac.doFinal((whose + ":" + generation).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, BYTES));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
