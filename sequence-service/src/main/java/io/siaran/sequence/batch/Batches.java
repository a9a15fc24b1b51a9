package io.siaran.sequence.batch;

import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Runs the batches of an engine until nothing is left to do. */
public final class Batches {

    /** So many rows that fail for no known reason, with none in between that does not: it is not the rows. */
    static final int TOO_MANY = 30;

    private Batches() {}

    /**
     * Repeats {@link #some} until nothing is found. A look may find fewer rows than it may take although there are more, where each user
     * has a share of it.
     *
     * @throws RuntimeException as {@link #some} does
     */
    public static void run(int largest, IntUnaryOperator batch, Consumer<FaultyRow> setAside) {
        while (some(largest, batch, setAside) > 0) {
            // There may be more.
        }
    }

    /**
     * Up to so many rows, of which {@code batch} finds fewer only where there are no more. One that fails is repeated with half of the
     * rows, down to the one row that is at fault; that row goes to {@code setAside}, and the rest goes on.
     *
     * @param batch gets how many rows it may take, gives how many it took; throws {@link FaultyRow} when its only row fails
     * @param setAside sees to it that the row is not taken again for some time
     * @return how many rows that was, with those set aside
     * @throws RuntimeException when a batch fails for another reason than a row, such as a database that is away; or when row after row
     *     fails for no known reason, such as a statement that cannot be run at all
     */
    public static int some(int most, IntUnaryOperator batch, Consumer<FaultyRow> setAside) {
        int done = 0;
        int size = most;
        int unexplained = 0;
        while (done < most) {
            int allowed = Math.min(size, most - done);
            try {
                int taken = batch.applyAsInt(allowed);
                done += taken;
                unexplained = 0;
                if (taken < allowed) {
                    return done;
                }
                size *= 2;
            } catch (FaultyRow faulty) {
                setAside.accept(faulty);
                done++;
                unexplained += faulty.failsAgain() ? 0 : 1;
                if (unexplained == Math.min(most, TOO_MANY)) {
                    throw faulty.failure();
                }
            } catch (RuntimeException failure) {
                if (allowed == 1 || PassingFault.is(failure)) {
                    throw failure;
                }
                size = allowed / 2;
            }
        }
        return done;
    }
}
