package io.siaran.rest;

import io.quarkus.runtime.StartupEvent;
import io.siaran.sql.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Keeps a process from starting without the key under which people were erased, or with another one: it would know none of them, and
 * write to them.
 */
@ApplicationScoped
class PersonKeyCheck {

    /** Before anything is read from Kafka. */
    private static final int FIRST = 1;

    private final Database database;
    private final PersonHash hash;

    PersonKeyCheck(Database database, PersonHash hash) {
        this.database = database;
        this.hash = hash;
    }

    void start(@Observes @Priority(FIRST) StartupEvent started) {
        hash.check(database);
    }
}
