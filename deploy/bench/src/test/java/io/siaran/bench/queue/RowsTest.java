package io.siaran.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A statement that takes many rows beside the service, which PostgreSQL may pick to end a deadlock. */
class RowsTest {

    private static final String DEADLOCK = "40P01";

    private int executed;

    @Test
    void who_was_picked_to_end_a_deadlock_tries_again() {
        assertThatCode(() -> rows(DEADLOCK, 9).wake()).doesNotThrowAnyException();
        assertThat(executed).isEqualTo(10);
    }

    @Test
    void who_is_picked_each_time_says_so() {
        assertThatThrownBy(() -> rows(DEADLOCK, 10).wake()).isInstanceOf(SQLException.class);
        assertThat(executed).isEqualTo(10);
    }

    @Test
    void what_is_wrong_otherwise_is_not_tried_again() {
        assertThatThrownBy(() -> rows("42P01", 1).wake()).isInstanceOf(SQLException.class);
        assertThat(executed).isOne();
    }

    /** Whose first statements fail so. */
    private Rows rows(String state, int failures) {
        Statement statement = proxy(Statement.class, call -> {
            if (call.equals("execute") && ++executed <= failures) {
                throw new SQLException("failed", state);
            }
            return call.equals("execute") ? false : null;
        });
        return new Rows(proxy(Connection.class, call -> call.equals("createStatement") ? statement : null));
    }

    private interface Answers {
        Object to(String call) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.to(method.getName())));
    }
}
