package io.siaran.rest;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * So many things at once, of one user fewer; the rest wait in a line of each user, and the lines take turns: one user with a
 * thousand delays another by one. Nothing here blocks. Taking and giving back cost O(users that wait).
 */
final class Turns {

    private final int atOnce;
    private final int perUser;
    /** Of every user that has something running or waiting; the one whose turn was longest ago comes first. */
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private int running;

    Turns(int atOnce, int perUser) {
        this.atOnce = atOnce;
        this.perUser = perUser;
    }

    /** Runs {@code begin} now, or when its turn comes, on whatever thread gave the place back. */
    synchronized Turn ask(String user, Runnable begin) {
        Turn turn = new Turn(user, begin);
        lines.computeIfAbsent(user, _ -> new Line()).waiting.add(turn);
        next();
        return turn;
    }

    /** How many run; for tests. */
    synchronized int running() {
        return running;
    }

    /** How many users have something running or waiting; for tests. */
    synchronized int users() {
        return lines.size();
    }

    private void next() {
        while (running < atOnce) {
            Line line = takeFirst();
            if (line == null) {
                return;
            }
            running++;
            line.running++;
            line.waiting.remove().begin();
        }
    }

    /** The line goes to the end of all, so the others have their turn before it. */
    private Line takeFirst() {
        for (Iterator<Map.Entry<String, Line>> each = lines.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Line> entry = each.next();
            Line line = entry.getValue();
            if (line.running < perUser && !line.waiting.isEmpty()) {
                String user = entry.getKey();
                each.remove();
                lines.put(user, line);
                return line;
            }
        }
        return null;
    }

    private static final class Line {

        final Queue<Turn> waiting = new ArrayDeque<>();
        int running;

        boolean isEmpty() {
            return running == 0 && waiting.isEmpty();
        }
    }

    /** One thing that waits, then runs, then is over. */
    final class Turn {

        private final String user;
        private final Runnable begin;
        private boolean begun;
        private boolean over;

        private Turn(String user, Runnable begin) {
            this.user = user;
            this.begin = begin;
        }

        private void begin() {
            begun = true;
            begin.run();
        }

        /** Gives the place back, or leaves the line; whatever is called after the first has no effect. */
        void end() {
            synchronized (Turns.this) {
                if (over) {
                    return;
                }
                over = true;
                Line line = lines.get(user);
                if (begun) {
                    running--;
                    line.running--;
                } else {
                    line.waiting.remove(this);
                }
                lines.computeIfPresent(user, (_, now) -> now.isEmpty() ? null : now);
                next();
            }
        }

        /** Leaves the line, if it still stands there; false when its turn has come before. */
        boolean giveUp() {
            synchronized (Turns.this) {
                if (begun || over) {
                    return false;
                }
                end();
                return true;
            }
        }
    }
}
