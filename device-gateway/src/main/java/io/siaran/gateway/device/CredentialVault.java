package io.siaran.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.PhoneNumber;
import io.siaran.rest.InstallationKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals credentials for the database. A sealed one opens only for its own device, so a row copied over another is useless,
 * and two equal credentials look different; their fingerprint shows that they are equal.
 */
@ApplicationScoped
public class CredentialVault {

    private static final byte FIRST_KEY = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey sealing;
    private final SecretKey fingerprinting;

    CredentialVault(DeviceConfig config) {
        InstallationKey key = key(config);
        this.sealing = key.derive("credential sealing", "AES");
        this.fingerprinting = key.derive("credential fingerprint", "HmacSHA256");
    }

    /** One byte that names the key, the nonce, the sealed text with its tag. */
    public byte[] seal(UUID device, Credential credential) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed =
                apply(Cipher.ENCRYPT_MODE, device, nonce, credential.secret().getBytes(UTF_8));
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(FIRST_KEY)
                .put(nonce)
                .put(sealed)
                .array();
    }

    public Credential open(UUID device, byte[] sealed) {
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        byte[] text = Arrays.copyOfRange(sealed, 1 + NONCE_BYTES, sealed.length);
        return new Credential(new String(apply(Cipher.DECRYPT_MODE, device, nonce, text), UTF_8));
    }

    /**
     * Equal for equal parts, however the server is spelled, and says nothing about them to who has no key.
     *
     * @param identity see {@link Platform#identity}
     */
    public byte[] fingerprint(Platform platform, String baseUrl, String identity) {
        return fingerprint(platform.wire(), ServerAddresses.canonical(baseUrl), identity);
    }

    /** Equal for equal phones, on whatever platform, and never equal to the other kind: it has other parts. */
    public byte[] fingerprint(PhoneNumber linked) {
        return fingerprint("linked phone", linked.digits());
    }

    private byte[] fingerprint(String... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprinting);
            for (String part : parts) {
                byte[] bytes = part.getBytes(UTF_8);
                mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private byte[] apply(int mode, UUID device, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(device.toString().getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException wrongKeyOrRow) {
            throw new IllegalStateException("the credential of device " + device + " does not open", wrongKeyOrRow);
        }
    }

    /** The key of the installation, which others are derived from. */
    static InstallationKey key(DeviceConfig config) {
        return InstallationKey.read("siaran.gateway.credential-key", config.credentialKey());
    }
}
