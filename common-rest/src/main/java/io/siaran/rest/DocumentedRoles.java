package io.siaran.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Which roles an operation needs: OpenAPI 3.0 has scopes for OAuth only, so Quarkus leaves the roles of a JWT out. */
final class DocumentedRoles {

    private static final Map<Class<? extends Annotation>, HttpMethod> METHODS = Map.of(
            GET.class, HttpMethod.GET,
            POST.class, HttpMethod.POST,
            PUT.class, HttpMethod.PUT,
            PATCH.class, HttpMethod.PATCH,
            DELETE.class, HttpMethod.DELETE);

    private final Map<String, List<String>> roles = new HashMap<>();

    DocumentedRoles(IndexView classes) {
        for (AnnotationInstance path : classes.getAnnotations(Path.class)) {
            if (path.target().kind() == org.jboss.jandex.AnnotationTarget.Kind.CLASS) {
                read(path.target().asClass(), path.value().asString());
            }
        }
    }

    /** None for an operation that is open. */
    List<String> of(HttpMethod method, String path) {
        return roles.getOrDefault(method + " " + normal(path), List.of());
    }

    private void read(ClassInfo resource, String base) {
        for (MethodInfo method : resource.methods()) {
            METHODS.forEach((annotation, verb) -> {
                if (method.hasDeclaredAnnotation(annotation)) {
                    AnnotationInstance own = method.declaredAnnotation(Path.class);
                    String path = base + "/" + (own == null ? "" : own.value().asString());
                    roles.put(verb + " " + normal(path), rolesOf(method, resource));
                }
            });
        }
    }

    private static List<String> rolesOf(MethodInfo method, ClassInfo resource) {
        AnnotationInstance allowed = method.hasDeclaredAnnotation(RolesAllowed.class)
                ? method.declaredAnnotation(RolesAllowed.class)
                : resource.declaredAnnotation(RolesAllowed.class);
        return allowed == null || method.hasDeclaredAnnotation(jakarta.annotation.security.PermitAll.class)
                ? List.of()
                : List.of(allowed.value().asStringArray());
    }

    private static String normal(String path) {
        String one = ("/" + path + "/").replaceAll("/+", "/");
        return one.substring(0, one.length() - 1);
    }
}
