package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;

/** What becomes of the leads of a device that is deleted. */
sealed interface LeadsChoice {

    /** There must be none. */
    record Refuse() implements LeadsChoice {}

    /** They stay as they are, and no campaign or sequence reaches them until they are moved. */
    record Keep() implements LeadsChoice {}

    record Move(DeviceId to) implements LeadsChoice {}

    String MOVE = "move:";

    /** @throws Refusal a 400 for what is none of the three; null is {@link Refuse} */
    static LeadsChoice of(String text) {
        if (text == null) {
            return new Refuse();
        }
        if (text.equals("keep")) {
            return new Keep();
        }
        try {
            if (text.startsWith(MOVE)) {
                return new Move(DeviceId.of(text.substring(MOVE.length())));
            }
        } catch (IllegalArgumentException noDevice) {
            throw wrong();
        }
        throw wrong();
    }

    private static Refusal wrong() {
        return Refusal.invalid("leads", "must be keep, or move: and the id of a device");
    }
}
