package io.siaran.sequence.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.StepId;
import io.siaran.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

class StepOrderTest {

    private record Placed(String trigger, int day, boolean live) {}

    /** Every step that ever was, in the order of sending; the tests' own idea of what {@link StepOrder} keeps. */
    private final List<Placed> line = new ArrayList<>();

    private Sequence sequence;

    @BeforeTry
    void nothingIsAuthored() {
        line.clear();
        sequence = null;
    }

    @Property(tries = 300)
    void who_was_at_any_step_has_ahead_what_stands_behind_it_however_steps_come_and_go(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        add(random);
        add(random);
        author(random);

        for (int edit = 0; edit < 12; edit++) {
            // When
            for (int i = random.nextInt(4); i > 0 && live().size() > 1; i--) {
                remove(live().get(random.nextInt(live().size())));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                add(random);
            }
            author(random);

            // Then
            WayAhead way = new WayAhead(sequence.planned(), 0);
            for (Placed step : line) {
                assertThat(aheadOf(way, step.trigger()))
                        .as("ahead of %s in %s", step, line)
                        .isEqualTo(line.subList(line.indexOf(step) + 1, line.size()).stream()
                                .filter(Placed::live)
                                .map(Placed::trigger)
                                .toList());
            }
        }
    }

    @Example
    void who_was_at_a_step_that_was_removed_skips_nothing_where_the_others_change_places() {
        // Given
        author(Stream.of("a", "removed", "b").map(trigger -> new Placed(trigger, 1, true)));
        author(Stream.of("a", "b").map(trigger -> new Placed(trigger, 1, true)));

        // When
        author(Stream.of("b", "a").map(trigger -> new Placed(trigger, 1, true)));

        // Then
        assertThat(aheadOf(new WayAhead(sequence.planned(), 0), "removed")).containsExactly("b", "a");
    }

    private List<Placed> live() {
        return line.stream().filter(Placed::live).toList();
    }

    private void remove(Placed step) {
        line.set(line.indexOf(step), new Placed(step.trigger(), step.day(), false));
    }

    /** Before a step or at the end, behind whatever was removed from there, on a day that fits. */
    private void add(Random random) {
        List<Placed> live = live();
        int place = random.nextInt(live.size() + 1);
        int earliest = place == 0 ? 1 : live.get(place - 1).day();
        int latest = place == live.size() ? earliest + 1 : live.get(place).day();
        Placed added = new Placed("step" + line.size(), earliest + random.nextInt(latest - earliest + 1), true);
        int at = place == live.size() ? line.size() : line.indexOf(live.get(place));
        while (at > 0 && !line.get(at - 1).live() && line.get(at - 1).day() > added.day()) {
            at--;
        }
        line.add(at, added);
    }

    /** Days are listed in any order, and mixed; within a day the list is the order. */
    private void author(Random random) {
        Map<Integer, List<Placed>> days =
                live().stream().collect(Collectors.groupingBy(Placed::day, TreeMap::new, Collectors.toList()));
        List<Integer> turns = new ArrayList<>(live().stream().map(Placed::day).toList());
        Collections.shuffle(turns, random);
        author(turns.stream().map(day -> days.get(day).removeFirst()));
    }

    private void author(Stream<Placed> steps) {
        SequenceDocument document = document(steps.map(StepOrderTest::step).toList());
        if (sequence == null) {
            sequence = new Sequence(new UserId("toko-sinar"), document, Instant.EPOCH, new Random(1));
        } else {
            StepChanges changes = new StepChanges(sequence.steps, document.steps());
            sequence.replace(document, changes, Instant.EPOCH, new Random(sequence.versions.current + 1));
        }
    }

    private List<String> aheadOf(WayAhead way, String trigger) {
        StepId step = sequence.planned().stream()
                .filter(planned -> planned.trigger().equals(trigger))
                .map(PlannedStep::id)
                .findFirst()
                .orElseThrow();
        return way.after(step, Set.of()).stream().map(PlannedStep::trigger).toList();
    }

    private static StepDocument step(Placed step) {
        return new StepDocument(
                null, step.day(), step.trigger(), null, null, null, false, null, "text", null, null, null);
    }

    private static SequenceDocument document(List<StepDocument> steps) {
        return new SequenceDocument(
                "Fitness", null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                steps);
    }
}
