package io.siaran.rest;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * So many things at once, of one user fewer; the rest wait in a line of each user, and the lines take turns: who has the fewest running goes
 * first, and of those the one whose turn was longest ago, so that one user with a thousand delays another by one, also when they were there
 * before. Nothing here blocks. Taking and giving back cost O(users that wait).
 */
final class Turns {

    private final int atOnce;
    private final int perUser;
    /** Of every user that has something running or waiting; the one whose turn began or ended longest ago comes first. */
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
            String user = first();
            if (user == null) {
                return;
            }
            Line line = toTheEnd(user);
            running++;
            line.running++;
            line.waiting.remove().begin();
        }
    }

    /** Whose turn is next; null where nobody may begin. */
    private String first() {
        String first = null;
        int fewest = perUser;
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            if (line.running < fewest && !line.waiting.isEmpty()) {
                first = entry.getKey();
                fewest = line.running;
            }
        }
        return first;
    }

    /** So the others have their turn before it. */
    private Line toTheEnd(String user) {
        Line line = lines.remove(user);
        lines.put(user, line);
        return line;
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
                if (begun) {
                    running--;
                    toTheEnd(user).running--;
                } else {
                    lines.get(user).waiting.remove(this);
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
