package io.siaran.sequence.authoring;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How often a sequence was changed and when, and as of which version the engines have work by it. */
@Embeddable
class Versions {

    @Column(name = "version")
    long current;

    /** Of the last change of who may enter. */
    @Column(name = "entry_version")
    long entry;

    /** Of the last change of which step comes when. */
    @Column(name = "plan_version")
    long plan;

    @Column(name = "plan_changed_at")
    Instant planChangedAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    protected Versions() {}

    static Versions first(Instant now) {
        Versions versions = new Versions();
        versions.createdAt = now.truncatedTo(ChronoUnit.MILLIS);
        versions.next(now);
        versions.planIsNew();
        versions.entryIsNew();
        return versions;
    }

    /** Who waits is planned anew, and who may enter is looked for, only where that changed. */
    void changed(SequenceDocument before, SequenceDocument after, Instant now) {
        next(now);
        if (!WhatDecides.plan(after).equals(WhatDecides.plan(before))) {
            planIsNew();
        }
        if (!WhatDecides.entry(after).equals(WhatDecides.entry(before))) {
            entryIsNew();
        }
    }

    /** Whoever is inside leaves: they are looked at as those who may enter are. */
    void deleted(Instant now) {
        next(now);
        entryIsNew();
    }

    private void next(Instant now) {
        current++;
        updatedAt = now.truncatedTo(ChronoUnit.MILLIS);
    }

    private void planIsNew() {
        plan = current;
        planChangedAt = updatedAt;
    }

    private void entryIsNew() {
        entry = current;
    }
}
