package io.siaran.dispatch.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * News in rounds: of each thing at most one in a round, in the order in which they came. So nothing that a thing was in between is
 * passed over where its news come together.
 */
final class Rounds {

    private Rounds() {}

    static <T> List<List<T>> of(List<T> news, Function<T, ?> thing) {
        List<List<T>> rounds = new ArrayList<>();
        Map<Object, Integer> told = new HashMap<>();
        for (T each : news) {
            int round = told.merge(thing.apply(each), 1, Integer::sum);
            if (round > rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(each);
        }
        return rounds;
    }
}
