package io.siaran.localstack.launcher;

/** What the bridge of this stack is linked to. */
public enum WhatsApp {
    /** There is no bridge: npm is not on this machine. */
    NONE {
        @Override
        String words(StackSettings settings) {
            return "no bridge: install npm (Debian: apt-get install npm) and start again";
        }
    },
    /** A fake of WhatsApp on this machine, whose phones scan by one click. */
    FAKE {
        @Override
        String words(StackSettings settings) {
            return settings.phonesUrl() + "/   (a fake of WhatsApp behind the bridge: its phones scan by one click)";
        }
    },
    /** A fake as well, but whoever started this stack starts the bridge and the fake, and ends them: tests that kill them. */
    OUTSIDE {
        @Override
        String words(StackSettings settings) {
            return "a bridge that is started by somebody else";
        }
    },
    /** WhatsApp itself. */
    REAL {
        @Override
        String words(StackSettings settings) {
            return "WhatsApp itself: link with the phone whose number shall send";
        }
    };

    /** What {@code ./siaran} found and was told. */
    static WhatsApp ofThisProcess() {
        return switch (System.getProperty("siaran.whatsapp", "none")) {
            case "fake" -> FAKE;
            case "real" -> REAL;
            default -> NONE;
        };
    }

    /** One line for a person who wants to link a phone. */
    abstract String words(StackSettings settings);
}
