package io.siaran.sequence.batch;

import io.siaran.sql.DataFault;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Runs the batches of an engine until nothing is left to do. */
public final class Batches {

    private Batches() {}

    /**
     * Repeats {@code batch} until it finds fewer rows than it was allowed, as {@link #some} does.
     *
     * @throws RuntimeException when a batch fails for any other reason than its data, such as a database that is away
     */
    public static void run(int largest, IntUnaryOperator batch, Consumer<FaultyRow> setAside) {
        while (some(largest, batch, setAside) == largest) {
            // There may be more.
        }
    }

    /**
     * Up to so many rows, of which {@code batch} finds fewer only where there are no more. One that fails by its data is repeated
     * with half of the rows, down to the one row that is at fault; that row goes to {@code setAside}, and the rest goes on.
     *
     * @param batch gets how many rows it may take, gives how many it took; throws {@link FaultyRow} when its only row fails
     * @param setAside sees to it that the row is not taken again for some time
     * @return how many rows that was, with those set aside
     * @throws RuntimeException when a batch fails for any other reason, such as a database that is away
     */
    public static int some(int most, IntUnaryOperator batch, Consumer<FaultyRow> setAside) {
        int done = 0;
        int size = most;
        while (done < most) {
            int allowed = Math.min(size, most - done);
            try {
                int taken = batch.applyAsInt(allowed);
                done += taken;
                if (taken < allowed) {
                    return done;
                }
                size *= 2;
            } catch (FaultyRow faulty) {
                setAside.accept(faulty);
                done++;
            } catch (RuntimeException failure) {
                if (allowed == 1 || !DataFault.is(failure)) {
                    throw failure;
                }
                size = allowed / 2;
            }
        }
        return done;
    }
}
