package io.siaran.dispatch.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.rest.InstallationKey;
import io.siaran.rest.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The secrets that deliveries are signed with. They are made of the key of the installation, the webhook and a generation, so
 * nothing of them is stored; a new generation is a new secret.
 */
@ApplicationScoped
class WebhookSecrets {

    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";

    private final Optional<SecretKey> key;

    WebhookSecrets(WebhookConfig config) {
        this.key = config.secretKey()
                .map(text ->
                        InstallationKey.read("siaran.webhooks.secret-key", text).derive("webhook secrets", HMAC));
    }

    /**
     * As its user gets it: {@code whsec_} and 32 bytes in base64.
     *
     * @throws Refusal (a 503) where the installation has no key
     */
    String shown(UUID webhook, int generation) {
        return PREFIX + Base64.getEncoder().encodeToString(bytes(webhook, generation));
    }

    /**
     * What a signature is made with.
     *
     * @throws Refusal (a 503) where the installation has no key
     */
    byte[] bytes(UUID webhook, int generation) {
        SecretKey of = key.orElseThrow(() -> Refusal.unavailable(
                "webhooks need siaran.webhooks.secret-key, which this installation lacks", Duration.ofMinutes(10)));
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(of);
            return mac.doFinal((webhook + ":" + generation).getBytes(UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
