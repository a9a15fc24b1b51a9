package io.siaran.campaign;

import java.util.ArrayList;
import java.util.List;

/** A statement that grows with its arguments, for lists whose filters are optional. */
public final class Query {

    private final StringBuilder sql;
    private final List<Object> arguments = new ArrayList<>();

    public Query(String sql) {
        this.sql = new StringBuilder(sql);
    }

    /** Adds a piece whose question marks all stand for this one value; without a value nothing. */
    public void and(String piece, Object value) {
        if (value != null) {
            arguments.add(value);
            sql.append(piece.replace("?", "$" + arguments.size()));
        }
    }

    public String sql() {
        return sql.toString();
    }

    public Object[] arguments() {
        return arguments.toArray();
    }

    /** A pattern of LIKE; the characters that LIKE gives a meaning are meant as they stand. */
    public static String containing(String part) {
        return '%' + part.replaceAll("([\\\\%_])", "\\\\$1") + '%';
    }
}
