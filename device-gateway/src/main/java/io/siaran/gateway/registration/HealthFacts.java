package io.siaran.gateway.registration;

/**
 * What a device's health is judged by.
 *
 * @param contactRefusals calls in a row in which the platform refused the contact
 * @param cold messages of its day to people who had not written
 * @param replies the others of its day
 * @param failed calls of its day that the platform failed or never answered
 * @param refused contacts that it refused on that day
 * @param heard people who wrote to it within two days, at most 200
 * @param ageDays since its number was registered first
 * @param isCapped whether a cap or a warm-up holds what is cold
 * @param minDelay the shortest pause before its messages, in seconds
 */
record HealthFacts(
        DeviceCondition condition,
        boolean unreachable,
        boolean receiptsStopped,
        int contactRefusals,
        int cold,
        int replies,
        int failed,
        int refused,
        int heard,
        long ageDays,
        boolean isCapped,
        int minDelay) {

    /** So many refused contacts in a row are no chance. The index of device_pacing and note-doubts.sql say the same. */
    static final int REFUSALS_IN_DOUBT = 5;

    boolean contactsAreRefused() {
        return contactRefusals >= REFUSALS_IN_DOUBT;
    }

    int calls() {
        return cold + replies;
    }

    boolean isMoreThan(int part, int percent) {
        return part * 100L > (long) calls() * percent;
    }
}
