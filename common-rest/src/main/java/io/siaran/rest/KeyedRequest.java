package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.Limits;
import io.siaran.model.UserId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A POST that may be told again.
 *
 * @param key its {@code Idempotency-Key}, unique within user, method and path
 * @param hash what tells one request under that key from another
 */
record KeyedRequest(UserId user, String method, String path, String key, String hash) {

    static final String HEADER = "Idempotency-Key";

    KeyedRequest {
        if (key.isBlank() || key.length() > Limits.IDEMPOTENCY_KEY) {
            throw Refusal.invalid(HEADER, "must have 1 to " + Limits.IDEMPOTENCY_KEY + " characters");
        }
    }

    /** SHA-256 in hex. */
    static String hash(String request) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** What is locked while it runs. */
    String scope() {
        return String.join("\n", user.value(), method, path, key);
    }
}
