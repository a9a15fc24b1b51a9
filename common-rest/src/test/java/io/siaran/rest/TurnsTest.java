package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(3, 2);
    private final List<String> begun = new ArrayList<>();

    @Test
    void oneUserHasNotAllPlacesAndTheLinesTakeTurns() {
        List<Turns.Turn> large = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            large.add(ask("large", "large " + i));
        }
        Turns.Turn first = ask("small", "small 1");
        ask("small", "small 2");
        assertThat(begun).containsExactly("large 1", "large 2", "small 1");

        first.end();
        assertThat(begun).as("two of the large run already").endsWith("small 1", "small 2");

        large.get(0).end();
        large.get(1).end();
        assertThat(begun).endsWith("small 2", "large 3", "large 4");
        assertThat(turns.running()).isEqualTo(3);
        ask("late", "late 1");
        large.get(2).end();
        large.get(3).end();
        assertThat(begun).as("who came after the turns of others had begun").endsWith("large 4", "late 1", "large 5");
    }

    @Test
    void whoWaitsWhileOthersRunGoesBeforeTheirNextOnes() {
        Turns.Turn a = ask("a", "a 1");
        Turns.Turn b = ask("b", "b 1");
        Turns.Turn c = ask("c", "c 1");
        ask("a", "a 2");
        ask("b", "b 2");
        ask("c", "c 2");
        ask("d", "d 1");

        b.end();
        c.end();
        a.end();

        assertThat(begun).containsExactly("a 1", "b 1", "c 1", "d 1", "b 2", "c 2");
    }

    @Test
    void aTurnIsGivenBackOnce() {
        Turns.Turn one = ask("a", "1");
        ask("a", "2");
        ask("a", "3");
        ask("a", "4");

        one.end();
        one.end();

        assertThat(begun).containsExactly("1", "2", "3");
    }

    @Test
    void whoLeavesTheLineIsNotCalled() {
        Turns.Turn one = ask("a", "1");
        ask("a", "2");
        Turns.Turn three = ask("a", "3");
        ask("a", "4");

        assertThat(three.giveUp()).isTrue();
        assertThat(three.giveUp()).isFalse();
        assertThat(one.giveUp()).as("it has begun").isFalse();
        one.end();

        assertThat(begun).containsExactly("1", "2", "4");
    }

    @Test
    void nothingIsKeptOfWhoHasGone() {
        Random random = new Random(7);
        List<Turns.Turn> open = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            open.add(ask("user " + random.nextInt(50), "x"));
            assertThat(turns.running()).isLessThanOrEqualTo(3);
            if (random.nextBoolean()) {
                open.remove(random.nextInt(open.size())).end();
            }
        }
        open.forEach(Turns.Turn::end);

        assertThat(turns.running()).isZero();
        assertThat(turns.users()).isZero();
    }

    private Turns.Turn ask(String user, String what) {
        return turns.ask(user, () -> begun.add(what));
    }
}
