package io.siaran.gateway.registration;

import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import java.util.ArrayList;
import java.util.List;

/** What is found wrong with one body, until all of it is told at once. */
final class Objections {

    private final List<Violation> found = new ArrayList<>();

    void unless(boolean right, String field, String message) {
        unless(right, field, message, ViolationCode.INVALID);
    }

    void unless(boolean right, String field, String message, ViolationCode code) {
        if (!right) {
            found.add(new Violation(field, message, code));
        }
    }

    void addAll(List<Violation> violations) {
        found.addAll(violations);
    }

    /** @throws Refusal (a 400) when anything was found */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw Refusal.invalid(found);
        }
    }
}
