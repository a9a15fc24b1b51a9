package io.siaran.localstack.container;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The container engine of this machine. */
public final class ContainerEngine {

    private ContainerEngine() {}

    /** Whether one answers. */
    public static boolean isThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Not started yet: a port of this machine that the caller chose, since what Kafka says of itself has to name it. */
    static GenericContainer<?> container(String image, int port, int inside) {
        ExposedPort exposed = ExposedPort.tcp(inside);
        PortBinding binding = new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), exposed);
        return new GenericContainer<>(DockerImageName.parse(image)).withCreateContainerCmdModifier(command -> {
            command.withExposedPorts(exposed);
            command.getHostConfig().withPortBindings(binding);
        });
    }
}
