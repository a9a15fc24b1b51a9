package io.siaran.campaign.planning;

import io.siaran.model.template.Template;
import io.siaran.model.template.TextCheck;
import io.siaran.model.template.Variables;

/** Whether a text may be longer for somebody than the platform of their device takes. The text was read once. */
final class PlatformLength {

    private static final String WABLAS = "wablas";

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

    boolean isExceededBy(AudienceLead lead, String platform) {
        return mayBeExceeded()
                && WABLAS.equals(platform)
                && text.longestFor(new Variables(lead.name(), lead.phone().digits(), niche, lead.attributes()))
                        > TextCheck.WABLAS_LONGEST;
    }
}
