package io.siaran.gateway.antispam;

import io.siaran.model.template.Rendered;
import io.siaran.model.template.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What stays as written for where it stands: values of variables, and what is between backticks. Asked from left to right. */
final class KeptSpans {

    private final List<Span> spans;
    private int next;

    private KeptSpans(List<Span> spans) {
        this.spans = spans;
    }

    static KeptSpans of(Rendered text) {
        int tick = text.text().indexOf('`');
        if (tick < 0) {
            return new KeptSpans(text.values());
        }
        List<Span> spans = new ArrayList<>(text.values());
        addCode(text.text(), tick, spans);
        spans.sort(Comparator.comparingInt(Span::from));
        return new KeptSpans(spans);
    }

    /** Whether one of them reaches into this part of the text. */
    boolean reachInto(int from, int to) {
        while (next < spans.size() && spans.get(next).to() <= from) {
            next++;
        }
        return next < spans.size() && spans.get(next).from() < to;
    }

    /** From each run of backticks to the next one; a last one without a fellow is none. */
    private static void addCode(String text, int firstTick, List<Span> spans) {
        int open = firstTick;
        while (open >= 0) {
            int close = text.indexOf('`', endOfTicks(text, open));
            if (close < 0) {
                return;
            }
            int end = endOfTicks(text, close);
            spans.add(new Span(open, end));
            open = text.indexOf('`', end);
        }
    }

    private static int endOfTicks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '`') {
            at++;
        }
        return at;
    }
}
