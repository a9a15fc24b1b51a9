package io.siaran.localstack.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of one command, each {@code --name value}; one that the command does not have is refused. */
record Arguments(Map<String, String> options) {

    static Arguments parse(List<String> words, Set<String> known) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!known.contains(name)) {
                throw new StackRefused("Unknown option %s; there is %s.".formatted(name, known));
            }
            if (i + 1 == words.size()) {
                throw new StackRefused("%s needs a value.".formatted(name));
            }
            options.put(name, words.get(i + 1));
        }
        return new Arguments(options);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(options.get(name));
    }

    String get(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }
}
