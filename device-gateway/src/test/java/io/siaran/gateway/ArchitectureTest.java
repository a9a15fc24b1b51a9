package io.siaran.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;

/** Who may know whom. Nobody knows one platform, and no platform another. */
@AnalyzeClasses(packages = "io.siaran", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String GATEWAY = "io.siaran.gateway.";

    /** Each package of the gateway, and which others it may know. */
    private static final Map<String, List<String>> KNOWS = Map.ofEntries(
            Map.entry("rules", List.of()),
            Map.entry("antispam", List.of()),
            Map.entry("device", List.of("rules")),
            Map.entry("provider..", List.of("device")),
            Map.entry("sendingrules", List.of("device", "rules")),
            Map.entry("registration", List.of("sendingrules", "provider", "device", "rules")),
            Map.entry("breaker", List.of()),
            Map.entry("journal", List.of("breaker", "provider", "device", "rules")),
            Map.entry("history", List.of("journal", "provider", "device", "rules", "breaker")),
            Map.entry("numbercheck", List.of("provider", "device", "rules")),
            Map.entry("recovery", List.of("journal", "provider", "device", "rules")),
            Map.entry(
                    "turn",
                    List.of(
                            "numbercheck",
                            "journal",
                            "breaker",
                            "registration",
                            "antispam",
                            "provider",
                            "device",
                            "rules")),
            Map.entry("lane", List.of("turn", "journal", "provider", "device")),
            Map.entry("callback", List.of("journal", "registration", "provider", "device")),
            Map.entry("linking", List.of("registration", "provider", "device")),
            Map.entry("person", List.of()),
            Map.entry("preview", List.of("antispam", "provider", "device")));

    @ArchTest
    static void a_package_knows_only_those_below_it(JavaClasses classes) {
        KNOWS.forEach((room, below) -> {
            String[] others = KNOWS.keySet().stream()
                    .filter(other -> !other.equals(room) && !below.contains(other.replace("..", "")))
                    .map(other -> GATEWAY + other)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(GATEWAY + room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(classes);
        });
    }

    @ArchTest
    static final ArchRule every_package_is_in_the_table = classes()
            .that()
            .resideInAPackage(GATEWAY + "(*)..")
            .should()
            .resideInAnyPackage(
                    KNOWS.keySet().stream().map(room -> GATEWAY + room).toArray(String[]::new));

    @ArchTest
    static final ArchRule a_provider_knows_neither_kafka_nor_the_database = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.siaran.kafka", "io.siaran.sql");

    @ArchTest
    static final ArchRule nobody_knows_one_platform = noClasses()
            .that()
            .resideOutsideOfPackage(GATEWAY + "provider.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(GATEWAY + "provider.*..");

    @ArchTest
    static final ArchRule no_platform_knows_another =
            slices().matching(GATEWAY + "provider.(**)").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule the_anti_spam_layer_is_pure = classes()
            .that()
            .resideInAPackage(GATEWAY + "antispam")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(GATEWAY + "antispam", "io.siaran.model..", "java..");

    @ArchTest
    static final ArchRule the_rules_of_sending_are_pure = classes()
            .that()
            .resideInAPackage(GATEWAY + "rules")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    GATEWAY + "rules",
                    "io.siaran.model",
                    "com.fasterxml.jackson.annotation",
                    "org.eclipse.microprofile.openapi.annotations..",
                    "java..");

    @ArchTest
    static final ArchRule decisions_of_a_turn_are_pure = noClasses()
            .that()
            .haveSimpleName("Pacing")
            .or()
            .haveSimpleNameStartingWith("BeginVerdict")
            .or()
            .haveSimpleName("CallOutcome")
            .or()
            .haveSimpleName("CallEvidence")
            .or()
            .haveSimpleName("DeviceState")
            .or()
            .haveSimpleName("DeviceCondition")
            .or()
            .haveSimpleName("Breaker")
            .or()
            .haveSimpleName("Judgement")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..");

    @ArchTest
    static final ArchRule services_share_only_the_common_modules = noClasses()
            .that()
            .resideInAPackage("io.siaran.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.siaran.campaign..", "io.siaran.sequence..", "io.siaran.dispatch..", "io.siaran.localstack..");
}
