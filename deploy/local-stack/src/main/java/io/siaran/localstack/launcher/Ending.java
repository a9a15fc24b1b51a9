package io.siaran.localstack.launcher;

import io.siaran.localstack.ProcessIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** How processes of services are ended: all at once, each with the time that its code takes at most ({@link Service#grace}). */
final class Ending {

    private Ending() {}

    /**
     * Ends that process in order, or by force where its time is over.
     *
     * @param progress is told, in one line, where it takes longer than one that has nothing under way
     */
    static void end(Instance instance, ProcessIdentity process, Consumer<String> progress) {
        Duration grace = instance.service().grace();
        process.end("TERM", grace, () -> progress.accept(waitingFor(instance.name(), grace)));
    }

    /** What is said while it lasts. */
    static String waitingFor(String who, Duration limit) {
        return "waiting for %s to end what is under way, %d s at most".formatted(who, limit.toSeconds());
    }

    /** Each on a thread of its own: what waits for its end keeps no other one from being told to end. */
    static <T> void all(Collection<T> those, Consumer<T> end) {
        CompletableFuture<?>[] ends = those.stream()
                .map(each -> CompletableFuture.runAsync(() -> end.accept(each), Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).join();
    }
}
