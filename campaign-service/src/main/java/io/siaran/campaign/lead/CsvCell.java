package io.siaran.campaign.lead;

import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.PhoneNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What spreadsheets do to cells, undone where nothing is lost, and refused where something is. Pure. */
final class CsvCell {

    private static final Pattern FORMULA = Pattern.compile("=\\s*\"([^\"]*)\"");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+");
    private static final Pattern WHOLE = Pattern.compile("([0-9]{7,15})[.,]0+");

    /** What a spreadsheet would read as a formula, however often it was guarded. */
    private static final Pattern FORMULA_LIKE = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private CsvCell() {}

    /**
     * A phone number as it was before a spreadsheet: {@code ="60123456788"}, {@code '60123456788} and
     * {@code 60123456786.0} are the number. The rest is for who reads numbers.
     *
     * @throws IllegalArgumentException says what is lost: of {@code 6.01E+11} most digits are
     */
    static String phone(String cell) {
        String bare = cell.strip();
        Matcher formula = FORMULA.matcher(bare);
        if (formula.matches()) {
            bare = formula.group(1).strip();
        }
        bare = bare.startsWith("'") ? bare.substring(1).strip() : bare;
        if (SCIENTIFIC.matcher(bare).matches()) {
            throw new IllegalArgumentException(
                    "a spreadsheet has rounded this number; format the column as text and export it again");
        }
        Matcher whole = WHOLE.matcher(bare);
        return whole.matches() ? whole.group(1) : bare;
    }

    /**
     * A number that an import reads as itself: its digits, and a plus before them where they would be a number of the region
     * ({@code 376312345} of Andorra would be one of Kuala Lumpur). An apostrophe keeps a spreadsheet from adding up.
     */
    static String phone(PhoneNumber number, String region) {
        return isReadAsItself(number, region) ? number.digits() : "'+" + number.digits();
    }

    private static boolean isReadAsItself(PhoneNumber number, String region) {
        try {
            return PhoneNumber.parse(number.digits(), region).equals(number);
        } catch (InvalidPhoneNumber fromAnotherPlan) {
            return true;
        }
    }

    /** A text as {@link #guarded} had it. */
    static String text(String cell) {
        return cell.startsWith("'") && FORMULA_LIKE.matcher(cell).matches() ? cell.substring(1) : cell;
    }

    /** A text that no spreadsheet takes for a formula. */
    static String guarded(String text) {
        return FORMULA_LIKE.matcher(text).matches() ? '\'' + text : text;
    }
}
