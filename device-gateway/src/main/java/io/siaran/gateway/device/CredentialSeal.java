package io.siaran.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.rest.InstallationKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals credentials with one of the installation's keys and opens them with whichever sealed them: each sealed one names its key
 * by id. So another key can take over while credentials of the one before are still there, until {@link ResealCredentials} has
 * sealed them all anew.
 */
final class CredentialSeal {

    /** The id of {@code siaran.gateway.credential-key}. */
    static final int FIRST_KEY = 1;

    private static final int LAST_KEY = 127;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, SecretKey> keys = new HashMap<>();
    private final int current;

    /**
     * @param first the key of that id
     * @param further the others in base64, by their ids of 2 to 127
     * @param current the id of the one that seals from now on
     * @throws IllegalArgumentException where an id or a key is none
     */
    CredentialSeal(InstallationKey first, Map<Integer, String> further, int current) {
        keys.put(FIRST_KEY, sealing(first));
        further.forEach((id, base64) -> {
            if (id <= FIRST_KEY || id > LAST_KEY) {
                throw new IllegalArgumentException("siaran.gateway.sealing-keys has ids from 2 to 127, not " + id);
            }
            keys.put(id, sealing(InstallationKey.read("siaran.gateway.sealing-keys." + id, base64)));
        });
        if (!keys.containsKey(current)) {
            throw new IllegalArgumentException(
                    "siaran.gateway.sealing-key-id names a key that is not there: " + current);
        }
        this.current = current;
    }

    /** One byte that names the key, the nonce, the sealed text with its tag. */
    byte[] seal(UUID device, Credential credential) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = apply(
                Cipher.ENCRYPT_MODE, current, device, nonce, credential.secret().getBytes(UTF_8));
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put((byte) current)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws IllegalStateException where it was sealed for another device, or with a key that is not there */
    Credential open(UUID device, byte[] sealed) {
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        byte[] text = Arrays.copyOfRange(sealed, 1 + NONCE_BYTES, sealed.length);
        return new Credential(new String(apply(Cipher.DECRYPT_MODE, sealed[0], device, nonce, text), UTF_8));
    }

    /** The id of the key that seals. */
    int current() {
        return current;
    }

    private byte[] apply(int mode, int keyId, UUID device, byte[] nonce, byte[] text) {
        SecretKey key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException(
                    "the credential of device " + device + " is sealed with key " + keyId + ", which is not there");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(device.toString().getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException wrongKeyOrRow) {
            throw new IllegalStateException("the credential of device " + device + " does not open", wrongKeyOrRow);
        }
    }

    private static SecretKey sealing(InstallationKey key) {
        return key.derive("credential sealing", "AES");
    }
}
