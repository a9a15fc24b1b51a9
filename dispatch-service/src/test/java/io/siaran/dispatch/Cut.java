package io.siaran.dispatch;

import io.siaran.sql.Database;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * A database whose server drops the connection at one point of a transaction. Point n is before the n-th statement; the
 * point behind the last statement is before the commit; the one behind that is after the commit, whose answer is lost.
 */
public final class Cut {

    private final Pool pool;
    private final int point;
    private int passed;
    private boolean done;

    private Cut(Pool pool, int point) {
        this.pool = pool;
        this.point = point;
    }

    /** Whether {@code work} was cut at this point; false when it has no such point and went through. */
    public static boolean at(int point, Pool pool, Consumer<Database> work) {
        Cut cut = new Cut(pool, point);
        Database database = new Database(
                Pool.newInstance(cut.proxy(io.vertx.sqlclient.Pool.class, pool.getDelegate(), cut::ofPool)));
        try {
            work.accept(database);
        } catch (RuntimeException dropped) {
            if (!cut.done) {
                throw dropped;
            }
        }
        return cut.done;
    }

    private Object ofPool(Object target, Method method, Object[] arguments) throws ReflectiveOperationException {
        if (!method.getName().equals("getConnection")) {
            return method.invoke(target, arguments);
        }
        return answer(
                ((io.vertx.sqlclient.Pool) target)
                        .getConnection()
                        .compose(connection -> connection
                                .query("SELECT pg_backend_pid() AS pid")
                                .execute()
                                .map(rows -> ofBackend(
                                        connection, rows.iterator().next().getInteger("pid")))),
                arguments);
    }

    private SqlConnection ofBackend(SqlConnection connection, int pid) {
        return proxy(SqlConnection.class, connection, (target, method, arguments) -> {
            if (method.getName().equals("preparedQuery") && isHere()) {
                drop(pid);
            }
            if (method.getName().equals("begin")) {
                return answer(connection.begin().map(transaction -> ofTransaction(transaction, pid)), arguments);
            }
            return method.invoke(target, arguments);
        });
    }

    private Transaction ofTransaction(Transaction transaction, int pid) {
        return proxy(Transaction.class, transaction, (target, method, arguments) -> {
            if (!method.getName().equals("commit")) {
                return method.invoke(target, arguments);
            }
            return answer(commit(transaction, pid), arguments);
        });
    }

    private Future<Void> commit(Transaction transaction, int pid) {
        if (isHere()) {
            drop(pid);
            return transaction.commit();
        }
        boolean answerIsLost = isHere();
        done |= answerIsLost;
        return answerIsLost
                ? transaction.commit().compose(committed -> Future.failedFuture("the answer was lost"))
                : transaction.commit();
    }

    /** The bindings of Mutiny call the variants with a handler. */
    @SuppressWarnings("unchecked")
    private static <T> Object answer(Future<T> future, Object[] arguments) {
        return arguments == null || arguments.length == 0
                ? future
                : future.onComplete((Handler<AsyncResult<T>>) arguments[0]);
    }

    private boolean isHere() {
        passed++;
        return passed == point;
    }

    private void drop(int pid) {
        done = true;
        pool.preparedQuery("SELECT pg_terminate_backend($1, 5000)")
                .execute(Tuple.of(pid))
                .await()
                .indefinitely();
    }

    private interface Interception {
        Object of(Object target, Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private <T> T proxy(Class<T> type, T target, Interception interception) {
        InvocationHandler handler = (self, method, arguments) -> {
            try {
                return interception.of(target, method, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Cut.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
