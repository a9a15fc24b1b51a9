package io.siaran.gateway.lane;

import io.siaran.model.Recall;
import io.siaran.model.Send;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * What one device has to say, in order, one turn at a time. Waiting is a timer; only a turn holds a thread. A lane that was
 * closed begins no turn any more; the one under way ends and is settled.
 */
final class DeviceLane {

    private static final Logger LOG = Logger.getLogger(DeviceLane.class);

    private final int partition;
    private final BiFunction<Send, UUID, TurnEnd> turn;
    private final LaneThreads threads;
    private final Typing typing;
    private final Runnable onIdle;

    private final Deque<QueuedSend> waiting = new ArrayDeque<>();
    private boolean speaking;
    private boolean askAgain;
    private boolean closed;
    private int failures;
    private LaneThreads.Timer timer = LaneThreads.Timer.NONE;
    private Optional<Long> silentSince = Optional.empty();

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
        return waiting.isEmpty() && !speaking;
    }

    synchronized void add(QueuedSend send) {
        if (closed) {
            send.record().dropped();
            return;
        }
        waiting.add(send);
        if (waiting.size() == 1 && !speaking) {
            next();
        }
    }

    /** Takes a send out that has not begun; a turn under way goes on, and the journal decides. */
    synchronized Optional<QueuedSend> remove(Recall recall) {
        Optional<QueuedSend> found =
                waiting.stream().filter(queued -> queued.isOf(recall)).findFirst();
        boolean wasNext = found.isPresent() && found.get() == waiting.peek();
        if (wasNext && speaking) {
            return Optional.empty();
        }
        found.ifPresent(waiting::remove);
        if (wasNext) {
            timer.cancel();
            next();
        }
        return found;
    }

    /**
     * The journal has that try as ended. Where its turn was under way meanwhile, it may still have been told to wait: it asks
     * again at once, so that what is over holds up nobody behind it.
     */
    synchronized void ended(Recall recall) {
        if (waiting.isEmpty() || !waiting.peek().isOf(recall)) {
            return;
        }
        if (speaking) {
            askAgain = true;
        } else {
            timer.cancel();
            speakNow();
        }
    }

    synchronized void close() {
        closed = true;
        timer.cancel();
        // The turn under way is still ours to settle.
        Optional<QueuedSend> current = speaking ? Optional.of(waiting.remove()) : Optional.empty();
        waiting.forEach(queued -> queued.record().dropped());
        waiting.clear();
        current.ifPresent(waiting::add);
    }

    /** Under the lock: begins the next turn, or has a timer begin it. */
    private void next() {
        if (closed || waiting.isEmpty()) {
            return;
        }
        Duration silence = silenceBefore(waiting.peek().send());
        if (silence.isPositive()) {
            speakAfter(silence);
        } else {
            speakNow();
        }
    }

    /** What is left of the pause, as far as this instance knows; the database decides, this only spares it the asking. */
    private Duration silenceBefore(Send send) {
        return silentSince
                .map(since -> Pacing.draw(send.delay(), send.messageId(), send.tryNo())
                        .minusNanos(System.nanoTime() - since))
                .orElse(Duration.ZERO);
    }

    /** Under the lock: a turn that could not begin is taken again, unless the lane was closed meanwhile. */
    private void waitFor(Duration time) {
        if (closed) {
            waiting.remove().record().dropped();
        } else {
            speakAfter(time);
        }
    }

    private void speakAfter(Duration time) {
        timer = threads.after(time, this::speakNow)
                .and(typing.during(time, waiting.peek().send()));
    }

    private synchronized void speakNow() {
        if (closed || speaking || waiting.isEmpty()) {
            return;
        }
        speaking = true;
        askAgain = false;
        QueuedSend queued = waiting.peek();
        threads.run(() -> speak(queued));
    }

    private void speak(QueuedSend queued) {
        TurnEnd end = endOf(queued);
        if (!(end instanceof TurnEnd.NotYet)) {
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
            // An error as well: a lane that speaks for ever is silent for ever.
            LOG.warnf("a turn waits device=%s: %s", queued.send().deviceId(), failure.toString());
            return new TurnEnd.NotYet(Persistence.pause(failures++));
        }
    }

    private void after(TurnEnd end) {
        synchronized (this) {
            speaking = false;
            switch (end) {
                case TurnEnd.Spoke() -> {
                    silentSince = Optional.of(System.nanoTime());
                    waiting.remove();
                    next();
                }
                case TurnEnd.Silent() -> {
                    waiting.remove();
                    next();
                }
                case TurnEnd.NotYet(Duration time) -> waitFor(askAgain ? Duration.ZERO : time);
            }
        }
        if (isIdle()) {
            onIdle.run();
        }
    }
}
