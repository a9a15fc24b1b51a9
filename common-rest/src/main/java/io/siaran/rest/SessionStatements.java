package io.siaran.rest;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** In the transaction of the current Hibernate Reactive session. */
final class SessionStatements implements Statements {

    @Override
    public Uni<Optional<Object>> value(String sql, Object... parameters) {
        return bound(sql, parameters)
                .flatMap(Mutiny.Query::getSingleResultOrNull)
                .map(Optional::ofNullable);
    }

    @Override
    public Uni<Integer> update(String sql, Object... parameters) {
        return bound(sql, parameters).flatMap(Mutiny.Query::executeUpdate);
    }

    private static Uni<Mutiny.Query<Object>> bound(String sql, Object... parameters) {
        return Panache.getSession().map(session -> {
            Mutiny.Query<Object> query = session.createNativeQuery(sql.replace('$', '?'));
            for (int i = 0; i < parameters.length; i++) {
                query.setParameter(i + 1, parameters[i]);
            }
            return query;
        });
    }
}
