package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.model.Attributes;
import java.util.List;

/**
 * How many leads the next page of an audience has: as many as usual where leads have few attributes, and fewer where they have many long
 * ones, of which a page of thousands would fill the memory. It is reckoned from the page before, and at most twice that one.
 */
final class PageSize {

    /** Characters of attributes in a page: some 6 MB as they lie in memory, with six pages at once. The most that a lead may have are a few thousand. */
    private static final long BUDGET = 2_000_000;

    private static final int FIRST = 500;

    private final int most;
    private int next;

    PageSize(int most) {
        this.most = most;
        this.next = Math.min(most, FIRST);
    }

    int next() {
        return next;
    }

    /** @param page what was read */
    void after(List<AudienceRow> page) {
        long characters = page.stream().mapToLong(PageSize::characters).sum();
        long fitting = characters == 0 ? most : BUDGET * page.size() / characters;
        next = (int) Math.min(most, Math.min(fitting, 2L * next));
    }

    private static long characters(AudienceRow row) {
        return row instanceof AudienceLead lead ? characters(lead.attributes()) : 0;
    }

    private static long characters(Attributes attributes) {
        return attributes.values().entrySet().stream()
                .mapToLong(each -> each.getKey().length() + each.getValue().length())
                .sum();
    }
}
