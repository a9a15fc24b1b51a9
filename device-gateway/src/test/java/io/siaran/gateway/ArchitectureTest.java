package io.siaran.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: {@code rules ← device ← provider ← lane, linking}; {@code antispam ← lane, preview}; nobody knows one platform. */
@AnalyzeClasses(packages = "io.siaran", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String GATEWAY = "io.siaran.gateway.";

    @ArchTest
    static final ArchRule a_device_knows_none_of_its_users = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "device")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GATEWAY + "provider..", GATEWAY + "lane", GATEWAY + "linking", GATEWAY + "antispam");

    @ArchTest
    static final ArchRule a_provider_knows_neither_lanes_nor_kafka = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    GATEWAY + "lane",
                    GATEWAY + "linking",
                    GATEWAY + "antispam",
                    "org.apache.kafka..",
                    "io.siaran.kafka",
                    "io.siaran.sql");

    @ArchTest
    static final ArchRule nobody_knows_one_platform = noClasses()
            .that()
            .resideOutsideOfPackage(GATEWAY + "provider.wablas")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(GATEWAY + "provider.wablas");

    @ArchTest
    static final ArchRule lanes_and_linking_do_not_know_each_other = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "linking")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GATEWAY + "lane", GATEWAY + "antispam");

    @ArchTest
    static final ArchRule nobody_knows_the_lanes = noClasses()
            .that()
            .resideOutsideOfPackage(GATEWAY + "lane")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(GATEWAY + "lane");

    @ArchTest
    static final ArchRule the_anti_spam_layer_is_pure = classes()
            .that()
            .resideInAPackage(GATEWAY + "antispam")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(GATEWAY + "antispam", "io.siaran.model..", "java..");

    @ArchTest
    static final ArchRule nobody_knows_the_preview = noClasses()
            .that()
            .resideOutsideOfPackage(GATEWAY + "preview")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(GATEWAY + "preview");

    @ArchTest
    static final ArchRule the_rules_of_sending_are_pure = classes()
            .that()
            .resideInAPackage(GATEWAY + "rules")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(GATEWAY + "rules", "io.siaran.model", "com.fasterxml.jackson.annotation", "java..");

    @ArchTest
    static final ArchRule decisions_of_the_lanes_are_pure = noClasses()
            .that()
            .haveSimpleName("Pacing")
            .or()
            .haveSimpleNameStartingWith("TurnVerdict")
            .or()
            .haveSimpleName("Settlement")
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
