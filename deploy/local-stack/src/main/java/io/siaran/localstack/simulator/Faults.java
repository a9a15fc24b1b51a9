package io.siaran.localstack.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that are switched on, in the order in which they were. */
final class Faults {

    private static final class Switched {
        private final Fault fault;
        private int strikes;

        private Switched(Fault fault) {
            this.fault = fault;
        }

        private boolean isOver() {
            return fault.count() != null && strikes >= fault.count();
        }
    }

    private final RandomGenerator random;
    private final List<Switched> switched = new ArrayList<>();

    Faults(RandomGenerator random) {
        this.random = random;
    }

    synchronized void add(Fault fault) {
        switched.add(new Switched(fault));
    }

    synchronized void clear() {
        switched.clear();
    }

    synchronized List<Fault> active() {
        return switched.stream().map(each -> each.fault).toList();
    }

    /** The first fault that strikes this message; it is used up by that, if it has a count. */
    synchronized Optional<Fault> strike(Message message) {
        Optional<Switched> struck = switched.stream()
                .filter(each -> each.fault.concerns(message) && strikesNow(each.fault))
                .findFirst();
        struck.ifPresent(each -> each.strikes++);
        switched.removeIf(Switched::isOver);
        return struck.map(each -> each.fault);
    }

    private boolean strikesNow(Fault fault) {
        return fault.probability() == null || random.nextDouble() < fault.probability();
    }
}
