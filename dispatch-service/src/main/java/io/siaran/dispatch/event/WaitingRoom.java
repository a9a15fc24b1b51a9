package io.siaran.dispatch.event;

import io.siaran.model.UserId;
import java.util.HashMap;
import java.util.Map;

/** The places of those who wait for events in one process: few for each user, so that none takes them all. */
final class WaitingRoom {

    private final int places;
    private final int placesOfUser;
    private final Map<UserId, Integer> taken = new HashMap<>();
    private int all;

    WaitingRoom(int places, int placesOfUser) {
        this.places = places;
        this.placesOfUser = placesOfUser;
    }

    /** Answers whether there was a place; it is to be left again then. */
    synchronized boolean enter(UserId user) {
        boolean free = all < places && taken.getOrDefault(user, 0) < placesOfUser;
        if (free) {
            all++;
            taken.merge(user, 1, Integer::sum);
        }
        return free;
    }

    /** How many of this user wait now. */
    synchronized int waiting(UserId user) {
        return taken.getOrDefault(user, 0);
    }

    synchronized void leave(UserId user) {
        all--;
        taken.computeIfPresent(user, (_, n) -> n == 1 ? null : n - 1);
    }
}
