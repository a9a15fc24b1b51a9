package io.siaran.campaign;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.validation.Valid;

@AnalyzeClasses(packages = "io.siaran.campaign", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_know_each_other_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("lead")
            .definedBy("..campaign.lead")
            .layer("suppression")
            .definedBy("..campaign.suppression")
            .layer("planning")
            .definedBy("..campaign.planning")
            .layer("fanout")
            .definedBy("..campaign.fanout")
            .layer("progress")
            .definedBy("..campaign.progress")
            .whereLayer("lead")
            .mayOnlyBeAccessedByLayers("planning")
            .whereLayer("suppression")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("planning")
            .mayOnlyBeAccessedByLayers("fanout", "progress")
            .whereLayer("fanout")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("progress")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule other_services_are_known_by_their_records_only = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.siaran.sequence..", "io.siaran.dispatch..", "io.siaran.gateway..");

    @ArchTest
    static final ArchRule edges_are_imported_by_no_one = classes()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .or()
            .haveSimpleNameEndingWith("Intake")
            .or()
            .haveSimpleNameEndingWith("Jobs")
            .should()
            .notBePublic();

    /** The validator warns of it at each start (HV000271), and will not look into it one day. */
    @ArchTest
    static final ArchRule what_is_valid_of_a_list_are_its_items =
            noFields().that().areAnnotatedWith(Valid.class).should().haveRawType(resideInAPackage("java.util.."));

    @ArchTest
    static final ArchRule arithmetic_knows_no_framework = noClasses()
            .that()
            .haveSimpleName("SendWindow")
            .or()
            .haveSimpleName("Triggers")
            .or()
            .haveSimpleName("CampaignStatus")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..");
}
