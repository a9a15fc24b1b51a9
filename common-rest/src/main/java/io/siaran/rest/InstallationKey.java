package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** A key of the installation, which others are derived from: 32 random bytes that its operator keeps. Shows itself to nobody. */
public final class InstallationKey {

    private static final int BYTES = 32;

    private final byte[] key;

    private InstallationKey(byte[] key) {
        this.key = key;
    }

    /**
     * @param setting what the key is called, for who made it wrongly
     * @throws IllegalArgumentException when it is not 32 bytes in base64
     */
    public static InstallationKey read(String setting, String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        if (key.length != BYTES) {
            throw new IllegalArgumentException(setting + " must be 32 bytes in base64");
        }
        return new InstallationKey(key);
    }

    /** A key for one purpose (HKDF, RFC 5869); nobody who has it learns the other ones. */
    public SecretKey derive(String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(purpose.getBytes(UTF_8), BYTES));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
