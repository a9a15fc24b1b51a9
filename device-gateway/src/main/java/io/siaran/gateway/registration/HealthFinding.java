package io.siaran.gateway.registration;

import io.siaran.model.WireEnum;
import java.util.function.Predicate;

/**
 * What speaks against a device, how many points of a hundred it costs, and in words. The limits are ours: no platform says by what it
 * judges a number. Shares count from 20 calls of a day on, before which one bad number would be a tenth.
 */
enum HealthFinding implements WireEnum {
    BANNED(100, facts -> facts.condition() == DeviceCondition.BANNED, "WhatsApp blocked its number"),
    RESTRICTED(
            50,
            facts -> facts.condition() == DeviceCondition.RESTRICTED,
            "WhatsApp lets it write to nobody new for a time: it wrote to too many strangers"),
    REFUSED(40, facts -> facts.condition() == DeviceCondition.REFUSED, "its platform refuses to serve it"),
    DISCONNECTED(20, facts -> facts.condition() == DeviceCondition.DISCONNECTED, "it is not connected"),
    RECEIPTS_STOPPED(
            40,
            HealthFacts::receiptsStopped,
            "its messages are accepted and no receipt comes any more: they may reach nobody"),
    CONTACTS_REFUSED(
            20,
            facts -> facts.contactsAreRefused() || facts.calls() >= 20 && facts.isMoreThan(facts.refused(), 10),
            "its platform refuses many of its contacts: numbers that are not on WhatsApp, or a number that is restricted"),
    CALLS_FAIL(
            15,
            facts -> facts.calls() >= 20 && facts.isMoreThan(facts.failed(), 10),
            "more than one in ten of today's calls failed or was never answered"),
    NOBODY_ANSWERS(
            15,
            facts -> facts.cold() >= 50 && facts.heard() * 50L < facts.cold(),
            "it wrote to many strangers today and hardly anybody writes to it"),
    YOUNG(
            10,
            facts -> facts.ageDays() < 14 && !facts.isCapped(),
            "its number is younger than two weeks and has neither a warm-up nor a daily cap"),
    FAST(10, facts -> facts.minDelay() < 5, "its pauses are shorter than a person's: less than five seconds"),
    UNREACHABLE(5, HealthFacts::unreachable, "its platform could not be asked about it three times in a row");

    private final int points;
    private final Predicate<HealthFacts> applies;
    private final String words;

    HealthFinding(int points, Predicate<HealthFacts> applies, String words) {
        this.points = points;
        this.applies = applies;
        this.words = words;
    }

    int points() {
        return points;
    }

    /** Whether it is of how the device is set up, and stays however slow and well it is. */
    boolean lasts() {
        return this == YOUNG || this == FAST;
    }

    boolean appliesTo(HealthFacts facts) {
        return applies.test(facts);
    }

    String words() {
        return words;
    }
}
