package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PersonHashTest {

    private static final UserId AMINAH = new UserId("aminah");
    private static final PhoneNumber ANI = new PhoneNumber("60123456789");

    @Inject
    Database database;

    private final PersonHash ours = under("first-key-first-key-first-key-32");
    private final PersonHash another = under("other-key-other-key-other-key-32");
    private final PersonHash without = new PersonHash(Optional::empty);

    /** Afterwards too: an application that is started with another key, or without one, would refuse to start. */
    @BeforeEach
    @AfterEach
    void nobodyIsErased() {
        database.run("DELETE FROM person_key");
    }

    @Test
    void where_nobody_was_erased_any_key_will_do_and_none() {
        assertThatNoException().isThrownBy(() -> {
            ours.check(database);
            another.check(database);
            without.check(database);
        });
    }

    @Test
    void once_somebody_was_erased_only_the_same_key_will_do() {
        // When
        String kept = database.inTransaction(tx -> ours.toKeep(tx, AMINAH, ANI));

        // Then
        assertThat(kept).isEqualTo(ours.of(AMINAH, ANI)).doesNotContain(ANI.digits());
        ours.check(database);
        assertThatIllegalStateException()
                .isThrownBy(() -> another.check(database))
                .withMessageContaining("siaran.person.key is another one");
        assertThatIllegalStateException()
                .isThrownBy(() -> without.check(database))
                .withMessageContaining("siaran.person.key is missing");
        assertThatThrownBy(() -> database.inTransaction(tx -> another.toKeep(tx, AMINAH, ANI)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static PersonHash under(String key) {
        return new PersonHash(() -> Optional.of(Base64.getEncoder().encodeToString(key.getBytes(UTF_8))));
    }
}
