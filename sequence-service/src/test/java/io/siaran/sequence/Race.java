package io.siaran.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on several instances at once. */
public final class Race {

    private static final int INSTANCES = 4;

    private Race() {}

    /** What each of them came to; fails when one did. */
    public static <T> List<T> of(Callable<T> work) throws Exception {
        try (ExecutorService instances = Executors.newFixedThreadPool(INSTANCES)) {
            List<T> results = new ArrayList<>();
            for (Future<T> done : instances.invokeAll(Collections.nCopies(INSTANCES, work))) {
                results.add(done.get());
            }
            return results;
        }
    }
}
