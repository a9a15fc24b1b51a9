package io.siaran.dispatch.webhook;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** {@code siaran.webhooks.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.webhooks")
interface WebhookConfig {

    /** Whether this process delivers. */
    boolean enabled();

    /**
     * 32 random bytes in base64: what the secrets of webhooks are made of. Without it no webhook can be made. Another one makes
     * every secret another.
     */
    Optional<String> secretKey();

    /** Whether a receiver may have an address of an internal network: for a stack on one machine, and for tests. */
    boolean allowInternalAddresses();

    /** So many webhooks a user may have. */
    int perUser();

    /** How often it is looked for what is due. */
    Duration interval();

    /** So many deliveries are under way at once in one process. */
    int atOnce();

    /** So many of them to one webhook. */
    int atOncePerWebhook();

    /** So many of them for one user. */
    int atOncePerUser();

    /** How long a receiver has for its answer, from the connection to the last byte that is read. */
    Duration patience();

    /** The pause after the first failure of a delivery; each further one is longer by the factor. */
    Duration firstPause();

    /** By how much each pause is longer than the one before. */
    double pauseFactor();

    /** The longest pause between two attempts. */
    Duration longestPause();

    /** By which share a pause is longer or shorter by chance. */
    double jitter();

    /** How long after its event a delivery is given up. */
    Duration givenUpAfter();

    /** After so many failures in a row a webhook rests, and then one delivery at a time tries whether it is back. */
    int failuresUntilRest();

    /** How long it rests at first; twice as long after each further failure, at most an hour. */
    Duration rest();

    /** A webhook that failed for so long, and had nothing arrive meanwhile, is disabled. */
    Duration disabledAfter();
}
