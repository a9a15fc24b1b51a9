package io.siaran.campaign.planning;

import io.siaran.model.Limits;
import io.siaran.model.PhoneNumber;
import io.siaran.model.template.Template;
import io.siaran.model.template.TextCheck;
import io.siaran.model.template.Variables;

/** Whether a text may be longer for somebody than the platform of their device takes. The text was read once. */
final class PlatformLength {

    static final String WABLAS = "wablas";

    private static final PhoneNumber LONGEST_PHONE = new PhoneNumber("9".repeat(15));

    private final Template text;
    private final String niche;

    PlatformLength(CampaignTerms terms) {
        this.text = Template.parse(terms.message());
        this.niche = terms.niche();
    }

    /** False where the longest text fits everybody: then nobody's values need to be looked at. */
    boolean mayBeExceeded() {
        return text.longest() > TextCheck.WABLAS_LONGEST;
    }

    /** Whether it is too long for everybody on Wablas, whatever they are called. */
    boolean isExceededByAll() {
        return text.longestAtLeast() > TextCheck.WABLAS_LONGEST;
    }

    /** Whether attributes of a lead make a difference. */
    boolean readsAttributes() {
        return within(0, 0) < within(0, Limits.ATTRIBUTE_VALUE);
    }

    /** Of whom neither the name nor an attribute has more code points than that, the text is not too long; -1: it may be for anybody. */
    int harmless() {
        int length = Math.max(Limits.NAME, Limits.ATTRIBUTE_VALUE);
        while (length >= 0 && within(length, length) > TextCheck.WABLAS_LONGEST) {
            length--;
        }
        return length;
    }

    private int within(int ofName, int ofAttributes) {
        return text.longestWithin(ofName, ofAttributes, new Variables(null, LONGEST_PHONE.digits(), niche));
    }

    boolean isExceededBy(AudienceLead lead, String platform) {
        return mayBeExceeded()
                && WABLAS.equals(platform)
                && text.longestFor(new Variables(lead.name(), lead.phone().digits(), niche, lead.attributes()))
                        > TextCheck.WABLAS_LONGEST;
    }
}
