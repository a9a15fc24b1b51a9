package io.siaran.helm;

import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The connections with PostgreSQL that a service says it has, in its application.properties. */
record Datasources(Properties properties) {

    private static final Pattern ADDRESS =
            Pattern.compile("quarkus\\.datasource\\.((?:[a-z]+\\.)?)(reactive|jdbc)\\.url");

    static Datasources of(Service service) {
        try {
            return new Datasources(read(Files.readString(
                    Chart.REPOSITORY.resolve(service.module() + "/src/main/resources/application.properties"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Properties read(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** What each begins with: {@code quarkus.datasource.}, {@code quarkus.datasource.reads.}. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String name : properties.stringPropertyNames()) {
            Matcher address = ADDRESS.matcher(name);
            if (address.matches()) {
                names.add("quarkus.datasource." + address.group(1));
            }
        }
        return names;
    }

    /** Each setting that holds an address, and so has to be another one in an installation. */
    Set<String> addresses() {
        Set<String> addresses = new TreeSet<>(properties.stringPropertyNames());
        addresses.removeIf(name -> !ADDRESS.matcher(name).matches());
        return addresses;
    }
}
