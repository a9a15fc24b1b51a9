package io.siaran.sequence.authoring;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.model.UserId;
import io.siaran.rest.PatientTurns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Turns of what callers ask to see of sequences: entities are read by the connections that the engines have, and so by few of them at once,
 * whoever asks.
 */
@ApplicationScoped
class ReadingTurns {

    /** One in four of the connections at most, and two of them for one user. */
    private static final int CONNECTIONS_FOR_ONE = 4;

    private static final int OF_ONE_USER = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PatientTurns turns;

    ReadingTurns(@ConfigProperty(name = "quarkus.datasource.reactive.max-size", defaultValue = "20") int connections) {
        this.turns = new PatientTurns(
                connections / CONNECTIONS_FOR_ONE,
                OF_ONE_USER,
                PATIENCE,
                "you read too many sequences at once: ask for fewer at a time");
    }

    /** In a session of its own; a 429 where the user's turn does not come in time. */
    <T> Uni<T> read(UserId user, Supplier<Uni<T>> reading) {
        return turns.takeLater(user.value(), () -> Panache.withSession(reading));
    }
}
