package io.siaran.localstack.simulator;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The faults that are switched on, in the order in which they were. */
final class Faults {

    private static final class Switched {
        private final long id;
        private final Fault fault;
        private int strikes;

        private Switched(long id, Fault fault) {
            this.id = id;
            this.fault = fault;
        }

        private boolean isOver() {
            return fault.count() != null && strikes >= fault.count();
        }
    }

    /** @param strikes how many times it has struck */
    record SwitchedOn(long id, int strikes, @JsonUnwrapped Fault fault) {}

    private final RandomGenerator random;
    private final List<Switched> switched = new ArrayList<>();
    private long lastId;

    Faults(RandomGenerator random) {
        this.random = random;
    }

    synchronized void add(Fault fault) {
        switched.add(new Switched(++lastId, fault));
    }

    synchronized void clear() {
        switched.clear();
    }

    synchronized void switchOff(long id) {
        switched.removeIf(each -> each.id == id);
    }

    synchronized List<SwitchedOn> switchedOn() {
        return switched.stream()
                .map(each -> new SwitchedOn(each.id, each.strikes, each.fault))
                .toList();
    }

    synchronized List<Fault> active() {
        return switched.stream().map(each -> each.fault).toList();
    }

    /** The first fault that strikes this message; it is used up by that, if it has a count. */
    synchronized Optional<Fault> strike(Message message) {
        return strike(fault -> fault.concerns(message));
    }

    /** Whether who asks for the code of this device, which is being linked, is to find none yet. */
    synchronized boolean hidesCode(String device) {
        return strike(fault -> fault.hidesCodeOf(device)).isPresent();
    }

    private Optional<Fault> strike(Predicate<Fault> concerned) {
        Optional<Switched> struck = switched.stream()
                .filter(each -> concerned.test(each.fault) && strikesNow(each.fault))
                .findFirst();
        struck.ifPresent(each -> each.strikes++);
        switched.removeIf(Switched::isOver);
        return struck.map(each -> each.fault);
    }

    private boolean strikesNow(Fault fault) {
        return fault.probability() == null || random.nextDouble() < fault.probability();
    }
}
