package io.siaran.localstack.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What each phone received, as its owner looks at it: the latest messages of a phone, the latest phone first. */
final class Conversations {

    private static final int LISTED = 200;
    private static final int SHOWN = 200;
    private static final int LONGEST_TEXT = 5_000;
    private static final int LONGEST_PREVIEW = 120;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_URL = 2_048;

    /**
     * What the page shows.
     *
     * @param version changes with every delivery
     * @param phones how many phones there are
     * @param found how many of them match the search; the first of them are listed
     * @param selected the phone that was asked for, null when it has received nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(long version, int phones, long messages, int found, List<Summary> conversations, Selected selected) {}

    record Summary(String phone, long count, Delivery last) {}

    /** @param messages the latest, oldest first */
    record Selected(String phone, long count, List<Delivery> messages) {}

    private static final class Conversation {

        private final Deque<Delivery> latest = new ArrayDeque<>();
        private long count;

        private void add(Delivery delivery) {
            count++;
            latest.addLast(delivery);
            if (latest.size() > SHOWN) {
                latest.removeFirst();
            }
        }
    }

    private final SequencedMap<String, Conversation> byPhone = new LinkedHashMap<>();
    private long messages;
    private long version;

    synchronized void add(Delivery delivery) {
        // The name of a conversation is what can be shown of it: two phones that differ later only are one.
        String phone = shown(delivery.phone(), LONGEST_NAME);
        Conversation conversation = byPhone.getOrDefault(phone, new Conversation());
        conversation.add(delivery);
        byPhone.putLast(phone, conversation);
        messages++;
        version++;
    }

    synchronized void clear() {
        byPhone.clear();
        messages = 0;
        version++;
    }

    synchronized long version() {
        return version;
    }

    /**
     * The phones that match, and one of them in full.
     *
     * @param search part of a phone or of a sender's credential; empty for all
     * @param selected a phone, or null
     */
    synchronized View view(String search, String selected) {
        List<Summary> listed = new ArrayList<>();
        int found = 0;
        for (var each : byPhone.reversed().entrySet()) {
            if (matches(each.getKey(), each.getValue(), search)) {
                found++;
                if (listed.size() < LISTED) {
                    listed.add(summary(each.getKey(), each.getValue()));
                }
            }
        }
        return new View(version, byPhone.size(), messages, found, listed, selected(selected));
    }

    private static boolean matches(String phone, Conversation conversation, String search) {
        String digits = search.replaceAll("[\\s+()-]", "");
        return search.isEmpty()
                || phone.contains(search)
                || (!digits.isEmpty() && phone.contains(digits))
                || conversation.latest.getLast().device().contains(search);
    }

    private static Summary summary(String phone, Conversation conversation) {
        return new Summary(phone, conversation.count, shown(conversation.latest.getLast(), LONGEST_PREVIEW));
    }

    private Selected selected(String phone) {
        Conversation conversation = phone == null ? null : byPhone.get(phone);
        if (conversation == null) {
            return null;
        }
        List<Delivery> latest = conversation.latest.stream()
                .map(each -> shown(each, LONGEST_TEXT))
                .toList();
        return new Selected(phone, conversation.count, latest);
    }

    private static Delivery shown(Delivery delivery, int longest) {
        return new Delivery(
                delivery.seq(),
                delivery.at(),
                delivery.platform(),
                shown(delivery.device(), LONGEST_NAME),
                shown(delivery.phone(), LONGEST_NAME),
                shown(delivery.text(), longest),
                shown(delivery.mediaUrl(), LONGEST_URL),
                shown(delivery.refId(), LONGEST_NAME),
                shown(delivery.messageId(), LONGEST_NAME));
    }

    /** Cut between two characters, not within one. */
    private static String shown(String text, int longest) {
        if (text == null || text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
