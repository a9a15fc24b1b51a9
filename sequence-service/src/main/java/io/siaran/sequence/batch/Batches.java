package io.siaran.sequence.batch;

import io.siaran.sql.DataFault;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Runs the batches of an engine until nothing is left to do. */
public final class Batches {

    private Batches() {}

    /**
     * Repeats {@code batch} until it finds fewer rows than it was allowed. One that fails by its data is repeated with half
     * of the rows, down to the one row that is at fault; that row goes to {@code setAside}, and the rest goes on.
     *
     * @param batch gets how many rows it may take, gives how many it took; throws {@link FaultyRow} when its only row fails
     * @param setAside sees to it that the row is not taken again for some time
     * @throws RuntimeException when a batch fails for any other reason, such as a database that is away
     */
    public static void run(int largest, IntUnaryOperator batch, Consumer<FaultyRow> setAside) {
        int size = largest;
        while (true) {
            try {
                int taken = batch.applyAsInt(size);
                if (taken < size) {
                    return;
                }
                size = Math.min(largest, size * 2);
            } catch (FaultyRow faulty) {
                setAside.accept(faulty);
            } catch (RuntimeException failure) {
                if (size == 1 || !DataFault.is(failure)) {
                    throw failure;
                }
                size /= 2;
            }
        }
    }
}
