package io.siaran.gateway.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How platforms reach the gateway, and how long what they tell is kept. */
@ConfigMapping(prefix = "siaran.gateway.callback")
public interface CallbackConfig {

    /**
     * What stands before {@code /api/v1/callbacks} in the addresses that platforms are told, such as
     * {@code https://siaran.example.com}. Without it a device shows the path alone.
     */
    Optional<String> publicUrl();

    /** How long the secret before the newest one still holds, so that nobody is cut off while the platform is told. */
    @WithDefault("7d")
    Duration overlap();

    /**
     * Events that one device's platform tells in a second, in the long run; what is above gets a 429. A callback may tell many, and
     * one that tells nothing that we follow counts as one.
     */
    @WithDefault("20")
    int perSecond();

    /** Events of one device at once, after a silence: what a platform held back while it could not reach us. */
    @WithDefault("400")
    int burst();

    /**
     * Places of callbacks that are read and stored at once, of all devices together: each takes memory meanwhile. A body takes one
     * for each 64 KiB, and where it does not announce its length as many as the longest.
     */
    @WithDefault("256")
    int atOnce();

    /** Callbacks that may wait for that, unread: beyond, the answer is a 429 at once rather than a late one. */
    @WithDefault("1000")
    int waiting();

    /**
     * Of {@code at-once}, the places of one user's devices together; those of devices of which it is not known yet whose they are
     * count as one user's.
     */
    @WithDefault("96")
    int atOnceOfUser();

    /** Of {@code waiting}, the callbacks of one user's devices together. */
    @WithDefault("500")
    int waitingOfUser();

    /** How long the body of a callback may take from when it is read; what is late is answered with 408 and let go. */
    @WithDefault("10s")
    Duration bodyWithin();

    /** Of {@code at-once}, the places of one device: the others belong to the others, however slowly this one sends. */
    @WithDefault("32")
    int atOnceOfDevice();

    /** Of {@code waiting}, the callbacks of one device. */
    @WithDefault("200")
    int waitingOfDevice();

    /**
     * Receipts of one device that wait for a message: where there are more, those that have found none within a minute are given up.
     * What somebody writes by hand on the phone is some hundreds a day.
     */
    @WithDefault("2000")
    int unmatchedOfDevice();

    /** Transactions that store callbacks at once; each takes all that came meanwhile. */
    @WithDefault("2")
    int groupsAtOnce();

    /** Callbacks of one transaction. */
    @WithDefault("64")
    int largestGroup();

    /** How long a receipt is looked for a message: its send may not be settled, or its device not be restored yet. */
    @WithDefault("24h")
    Duration matchFor();

    /** A receipt counts as missing when it did not come within what is usual for its device, and at least this. */
    @WithDefault("5m")
    Duration receiptsWithin();

    /**
     * So many messages of a device in a row without any receipt, and it carries a warning. Where three of ten people have their
     * phones off, twenty in a row by chance are one in 10^10.
     */
    @WithDefault("20")
    int receiptsMissing();

    /** How long a platform's id of a message is known: people read weeks after. */
    @WithDefault("60d")
    Duration keepIds();

    /** How long replies can be read. */
    @WithDefault("180d")
    Duration keepReplies();

    /** How long the platform is asked who hides behind a LID; later only a new fact tells. */
    @WithDefault("24h")
    Duration askForSender();
}
