package io.siaran.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.PhoneNumber;
import io.siaran.rest.InstallationKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Seals credentials for the database. A sealed one opens only for its own device, so a row copied over another is useless,
 * and two equal credentials look different; their fingerprint shows that they are equal.
 */
@ApplicationScoped
public class CredentialVault {

    private final CredentialSeal seal;
    private final SecretKey fingerprinting;

    CredentialVault(DeviceConfig config) {
        InstallationKey key = key(config);
        this.seal = new CredentialSeal(key, config.sealingKeys(), config.sealingKeyId());
        this.fingerprinting = key.derive("credential fingerprint", "HmacSHA256");
    }

    /** Sealed with the newest key, for that device alone. */
    public byte[] seal(UUID device, Credential credential) {
        return seal.seal(device, credential);
    }

    public Credential open(UUID device, byte[] sealed) {
        return seal.open(device, sealed);
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

    /** The key of the installation, which others are derived from. */
    static InstallationKey key(DeviceConfig config) {
        return InstallationKey.read("siaran.gateway.credential-key", config.credentialKey());
    }
}
