package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void choose() {
        home = directory.resolve(".siaran");
    }

    @Test
    void a_new_home_is_its_owners_only() throws Exception {
        // When
        new Home(home).makePrivate();

        // Then
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("logs"))).isEqualTo("rwx------");
        assertThat(home.resolve("postgres")).doesNotExist();
    }

    @Test
    void what_an_earlier_version_left_open_is_closed() throws Exception {
        // Given
        make(home.resolve("run"), "rwxr-xr-x");
        Files.writeString(home.resolve("run/launcher.lock"), "");
        Path key = Files.writeString(make(home.resolve("keys"), "rwxr-xr-x").resolve("jwt-public.pem"), "key");
        permit(key, "rw-r--r--");
        permit(home, "rwxr-xr-x");

        // When
        new Home(home).makePrivate();

        // Then
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("keys"))).isEqualTo("rwx------");
        assertThat(permissions(key)).isEqualTo("rw-------");
    }

    @Test
    void a_directory_that_others_write_to_keeps_its_permissions_and_our_parts_of_it_are_closed() throws Exception {
        // Given
        make(home, "rwxrwxrwx");

        // When
        new Home(home).makePrivate();

        // Then
        assertThat(permissions(home)).isEqualTo("rwxrwxrwx");
        assertThat(permissions(home.resolve("run"))).isEqualTo("rwx------");
    }

    @Test
    void what_no_stack_put_there_is_not_taken_for_a_home() throws Exception {
        // Given
        make(home.resolve("logs"), "rwxr-xr-x");

        // When, Then
        assertThatThrownBy(new Home(home)::requireOurs)
                .isInstanceOf(StackRefused.class)
                .hasMessageContaining(home.toString());
        assertThatThrownBy(new Home(home)::makePrivate).isInstanceOf(StackRefused.class);
        assertThat(permissions(home.resolve("logs"))).isEqualTo("rwxr-xr-x");
        assertThat(home.resolve("keys")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run/launcher.lock", "keys/jwt-private.pem", "real-whatsapp"})
    void a_home_of_an_earlier_version_is_one(String file) throws Exception {
        // Given
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), "");

        // When, Then
        assertThatCode(new Home(home)::makePrivate).doesNotThrowAnyException();
    }

    @Test
    void an_agreement_makes_no_home_of_somebody_elses_directory() throws Exception {
        // Given
        make(home.resolve("logs"), "rwxr-xr-x");
        Files.writeString(home.resolve("real-whatsapp"), "");

        // When, Then
        assertThatThrownBy(new Home(home)::makePrivate).isInstanceOf(StackRefused.class);
    }

    @Test
    void a_home_whose_data_was_removed_is_still_one() throws Exception {
        // Given
        new Home(home).makePrivate();
        for (Path part : new Home(home).parts()) {
            Files.deleteIfExists(part);
        }
        Files.writeString(home.resolve("notes.txt"), "somebody's");

        // When, Then
        assertThatCode(new Home(home)::makePrivate).doesNotThrowAnyException();
    }

    @Test
    void a_volume_that_was_just_made_is_empty() throws Exception {
        // Given
        make(home.resolve("lost+found"), "---------");

        // When, Then
        assertThatCode(new Home(home)::makePrivate).doesNotThrowAnyException();
    }

    private static Path make(Path path, String permissions) throws IOException {
        Files.createDirectories(path);
        permit(path, permissions);
        return path;
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
