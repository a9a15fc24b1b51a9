package io.siaran.trace;

import io.siaran.model.MessageId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What messages outside the share passed lately, because one that fails is told of from its beginning. Bounded: the messages that
 * were met first are forgotten first.
 */
final class RecentPassages {

    private static final class Recent {
        private final List<Passage> passages = new ArrayList<>(4);
        private boolean inTrouble;

        /** It takes room also when all of it was told. */
        private int size() {
            return passages.size() + 1;
        }
    }

    private final int most;
    private final Map<MessageId, Recent> messages = new LinkedHashMap<>();
    private int held;

    /** @param most so many passages, and messages, are kept together */
    RecentPassages(int most) {
        this.most = most;
    }

    /** What is to be told now: nothing while all is well with its message, then all that is remembered, and then each at once. */
    synchronized List<Passage> toTellAfter(Passage passage) {
        Recent recent = messages.computeIfAbsent(passage.message(), _ -> new Recent());
        held -= recent.passages.isEmpty() && !recent.inTrouble ? 0 : recent.size();
        recent.inTrouble |= passage.isTrouble();
        recent.passages.add(passage);
        List<Passage> told = recent.inTrouble ? List.copyOf(recent.passages) : List.of();
        if (recent.inTrouble) {
            recent.passages.clear();
        }
        held += recent.size();
        forgetOldest();
        return told;
    }

    private void forgetOldest() {
        Iterator<Recent> oldest = messages.values().iterator();
        while (held > most) {
            held -= oldest.next().size();
            oldest.remove();
        }
    }
}
