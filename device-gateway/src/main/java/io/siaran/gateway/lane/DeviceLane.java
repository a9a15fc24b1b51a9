package io.siaran.gateway.lane;

import io.siaran.gateway.turn.Pacing;
import io.siaran.gateway.turn.TurnEnd;
import io.siaran.model.Recall;
import io.siaran.model.Send;
import io.siaran.sql.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * The messages of one device, in order, one turn at a time. Waiting is a timer; only a turn holds a thread. A closed lane
 * begins no more turns; the one under way ends and is settled.
 */
final class DeviceLane {

    private static final Logger LOG = Logger.getLogger(DeviceLane.class);

    private final int partition;
    private final BiFunction<Send, UUID, TurnEnd> turn;
    private final LaneThreads threads;
    private final Typing typing;
    private final Runnable onIdle;

    private final Deque<QueuedSend> waiting = new ArrayDeque<>();
    private boolean turnUnderWay;
    private boolean askAgain;
    private boolean closed;
    private int failures;
    private LaneThreads.Timer timer = LaneThreads.Timer.NONE;
    private Optional<Long> lastCallEnded = Optional.empty();
    private Optional<Long> turnOpenSince = Optional.empty();

    /** @param onIdle runs when nothing waits any more; without the lane's lock */
    DeviceLane(
            int partition, BiFunction<Send, UUID, TurnEnd> turn, LaneThreads threads, Typing typing, Runnable onIdle) {
        this.partition = partition;
        this.turn = turn;
        this.threads = threads;
        this.typing = typing;
        this.onIdle = onIdle;
    }

    int partition() {
        return partition;
    }

    synchronized boolean isIdle() {
        return waiting.isEmpty() && !turnUnderWay;
    }

    /**
     * When the turn of the next message began that has not ended, by {@link System#nanoTime}; while it fails again and again, when it
     * began for the first time. Empty where none is taken.
     */
    synchronized Optional<Long> turnOpenSince() {
        return turnOpenSince;
    }

    synchronized void add(QueuedSend send) {
        if (closed) {
            send.record().dropped();
            return;
        }
        waiting.add(send);
        if (waiting.size() == 1 && !turnUnderWay) {
            next();
        }
    }

    /** Takes a send out that has not begun; a turn under way goes on, and the journal decides. */
    synchronized Optional<QueuedSend> remove(Recall recall) {
        Optional<QueuedSend> found =
                waiting.stream().filter(queued -> queued.isOf(recall)).findFirst();
        boolean wasNext = found.isPresent() && found.get() == waiting.peek();
        if (wasNext && turnUnderWay) {
            return Optional.empty();
        }
        found.ifPresent(waiting::remove);
        if (wasNext) {
            timer.cancel();
            turnOpenSince = Optional.empty();
            next();
        }
        return found;
    }

    /**
     * The journal has that try as ended. Where its turn was under way meanwhile, it may still have been answered to wait: it
     * asks again at once, so that a try that is over delays nobody behind it.
     */
    synchronized void ended(Recall recall) {
        if (waiting.isEmpty() || !waiting.peek().isOf(recall)) {
            return;
        }
        if (turnUnderWay) {
            askAgain = true;
        } else {
            timer.cancel();
            takeTurn();
        }
    }

    synchronized void close() {
        closed = true;
        timer.cancel();
        // The turn under way is still ours to settle.
        Optional<QueuedSend> current = turnUnderWay ? Optional.of(waiting.remove()) : Optional.empty();
        waiting.forEach(queued -> queued.record().dropped());
        waiting.clear();
        current.ifPresent(waiting::add);
    }

    /** Under the lock: begins the next turn, or has a timer begin it. */
    private void next() {
        if (closed || waiting.isEmpty()) {
            return;
        }
        Duration pause = pauseBefore(waiting.peek().send());
        if (pause.isPositive()) {
            takeTurnAfter(pause);
        } else {
            takeTurn();
        }
    }

    /** What is left of the pause, as far as this instance knows; the database decides, this only spares it the asking. */
    private Duration pauseBefore(Send send) {
        return lastCallEnded
                .map(since -> Pacing.draw(send.delay(), send.messageId(), send.tryNo())
                        .minusNanos(System.nanoTime() - since))
                .orElse(Duration.ZERO);
    }

    /** Under the lock: a turn that could not begin is taken again, unless the lane was closed meanwhile. */
    private void waitFor(Duration time) {
        if (closed) {
            waiting.remove().record().dropped();
        } else {
            takeTurnAfter(time);
        }
    }

    private void takeTurnAfter(Duration time) {
        timer = threads.after(time, this::takeTurn)
                .and(typing.during(time, waiting.peek().send()));
    }

    private synchronized void takeTurn() {
        if (closed || turnUnderWay || waiting.isEmpty()) {
            return;
        }
        turnUnderWay = true;
        turnOpenSince = turnOpenSince.or(() -> Optional.of(System.nanoTime()));
        askAgain = false;
        QueuedSend queued = waiting.peek();
        threads.run(() -> runTurn(queued));
    }

    private void runTurn(QueuedSend queued) {
        TurnEnd end = endOf(queued);
        if (!(end instanceof TurnEnd.TryAgain)) {
            queued.record().settled();
        }
        after(end);
    }

    private TurnEnd endOf(QueuedSend queued) {
        try {
            TurnEnd end = turn.apply(queued.send(), queued.turn());
            failures = 0;
            return end;
        } catch (RuntimeException | Error failure) {
            // An error as well: otherwise the lane would wait for the end of this turn for ever.
            LOG.warnf("a turn waits device=%s: %s", queued.send().deviceId(), failure.toString());
            return new TurnEnd.TryAgain(Backoff.OF_A_SERVER.pause(failures++));
        }
    }

    private void after(TurnEnd end) {
        synchronized (this) {
            turnUnderWay = false;
            if (failures == 0) {
                turnOpenSince = Optional.empty();
            }
            switch (end) {
                case TurnEnd.Called() -> {
                    lastCallEnded = Optional.of(System.nanoTime());
                    waiting.remove();
                    next();
                }
                case TurnEnd.NotCalled() -> {
                    waiting.remove();
                    next();
                }
                case TurnEnd.Held() -> {
                    // Unknown again: the database says what is left of the pause to who asks when the hold is over.
                    lastCallEnded = Optional.empty();
                    waiting.remove();
                    next();
                }
                case TurnEnd.TryAgain(Duration time) -> waitFor(askAgain ? Duration.ZERO : time);
            }
        }
        if (isIdle()) {
            onIdle.run();
        }
    }
}
