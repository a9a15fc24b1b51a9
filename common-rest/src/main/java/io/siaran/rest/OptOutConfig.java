package io.siaran.rest;

import io.siaran.model.optout.OptOutWords;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** {@code siaran.opt-out.*}, the same for every service; the words themselves stand in {@code words.txt} of common-model. */
@ConfigMapping(prefix = "siaran.opt-out")
public interface OptOutConfig {

    /** Whose words count, of those that {@code words.txt} knows. */
    @WithDefault("en,ms,id,zh,ta")
    List<String> languages();

    /** More words, or phrases, that end all messages to whoever replies with them. */
    Optional<List<String>> stopWords();

    /** More words, or phrases, after which a person is written to again. */
    Optional<List<String>> startWords();

    /** What replies are judged by. */
    default OptOutWords words() {
        return OptOutWords.of(
                languages(), stopWords().orElse(List.of()), startWords().orElse(List.of()));
    }
}
