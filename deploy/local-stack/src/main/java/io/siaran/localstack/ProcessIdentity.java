package io.siaran.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as one can name it after the fact: its id and when it started.
 *
 * <p>The id alone proves nothing, since the system gives it to somebody else later; an innocent heir is never ended.
 */
public record ProcessIdentity(long pid, Instant started) {

    /** What reading the start of a process may be off by: it is counted from a boot time that clock steps move. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** One that has nothing under way ends within it. */
    private static final Duration USUAL = Duration.ofSeconds(3);

    /** The identity of a living process. */
    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startOf(process).orElseGet(Instant::now));
    }

    /** The process itself, while it lives. */
    public Optional<ProcessHandle> living() {
        return ProcessHandle.of(pid).filter(ProcessIdentity::runs).filter(this::isSame);
    }

    private boolean isSame(ProcessHandle process) {
        return startOf(process)
                .filter(start -> Duration.between(started, start).abs().compareTo(TOLERANCE) < 0)
                .isPresent();
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }

    /** A zombie that nobody collects (a container without an init) counts as alive for Java, but has no command. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Asks the process to end by that signal ({@code TERM}, {@code INT}, …), and kills it when the limit is over. */
    public void end(String signal, Duration limit) {
        end(signal, limit, () -> {});
    }

    /** @param takesLong is run once, where the process has not ended after 3 s */
    public void end(String signal, Duration limit, Runnable takesLong) {
        if (living().isEmpty()) {
            return;
        }
        send(signal);
        awaitEnd(limit.compareTo(USUAL) < 0 ? limit : USUAL);
        if (living().isPresent()) {
            takesLong.run();
            awaitEnd(limit.minus(USUAL));
        }
        living().ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(limit);
    }

    private void send(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Duration limit) {
        Instant last = Instant.now().plus(limit);
        try {
            while (living().isPresent() && Instant.now().isBefore(last)) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
