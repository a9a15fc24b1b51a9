package io.siaran.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On images with a shell script where the JVM would be. */
@DisabledOnOs(OS.WINDOWS)
class BaseJvmTest {

    private static final String RUNS = "#!/bin/sh\n[ \"$1\" = -version ]\n";

    @TempDir
    Path directory;

    @Test
    void the_jvm_is_taken_out_of_the_layers_and_runs_here() throws Exception {
        BaseJvm jvm = BaseJvm.of(base("opt/java/bin/java", RUNS), workplace());

        assertThat(jvm.version()).isEqualTo("25.0.3+9-LTS");
        assertThat(jvm.home().resolve("bin/java")).isExecutable().hasContent(RUNS);
        assertThat(jvm.home().resolve("lib/modules")).hasContent("modules");
        assertThat(jvm.home().resolve("etc")).doesNotExist();
        assertThat(workplace().resolve("base.tar")).doesNotExist();
    }

    @Test
    void an_image_without_a_jvm_or_with_one_for_another_machine_is_refused() throws Exception {
        assertThatThrownBy(() -> BaseJvm.of(base("opt/java/bin/node", RUNS), workplace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the JVM of the base image");
        assertThatThrownBy(() -> BaseJvm.of(base("opt/java/bin/java", "#!/bin/sh\nexit 1\n"), workplace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not run on this machine");
        assertThatThrownBy(() -> BaseJvm.of(base("opt/java/bin/java", "no program"), workplace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not run on this machine");
    }

    private Path workplace() throws IOException {
        return Files.createDirectories(directory.resolve("work"));
    }

    private String base(String program, String words) throws Exception {
        Path tar = directory.resolve("base-image.tar");
        Jib.fromScratch()
                .addFileEntriesLayer(layer("etc/passwd", "root"))
                .addFileEntriesLayer(layer("opt/java/lib/modules", "modules"))
                .addFileEntriesLayer(layer("opt/java/release", "JAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\n"))
                .addFileEntriesLayer(layer(program, words))
                .containerize(Containerizer.to(TarImage.at(tar).named("base")));
        return "tar:" + tar;
    }

    private FileEntriesLayer layer(String file, String words) throws IOException {
        Path source = Files.writeString(Files.createTempFile(directory, "file", ""), words);
        return FileEntriesLayer.builder()
                .addEntry(source, AbsoluteUnixPath.get("/" + file), FilePermissions.fromOctalString("755"))
                .build();
    }
}
