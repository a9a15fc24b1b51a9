package io.siaran.gateway.antispam;

import io.siaran.model.template.InvalidTemplate;
import io.siaran.model.template.Template;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Texts, read once: a campaign's is the same for a hundred thousand messages. */
final class Templates {

    private static final System.Logger LOG = System.getLogger(Templates.class.getName());

    /** A few megabytes at most. Beyond it all are forgotten: reading one again costs less than keeping count of use. */
    private static final int MOST = 1_000;

    private static final Map<String, Template> READ = new ConcurrentHashMap<>();

    private Templates() {}

    /** A text that cannot be read goes out as it is written: it was saved before there were templates. */
    static Template of(String text) {
        Template known = READ.get(text);
        if (known != null) {
            return known;
        }
        if (READ.size() >= MOST) {
            READ.clear();
        }
        Template template = read(text);
        READ.put(text, template);
        return template;
    }

    private static Template read(String text) {
        try {
            return Template.parse(text);
        } catch (InvalidTemplate invalid) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a text is no template, it is sent as written: {0}",
                    invalid.getMessage());
            return Template.literal(text);
        }
    }
}
