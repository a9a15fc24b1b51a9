package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with an object of Kubernetes: a field that its kind does not have, one that is missing, a wrong type. */
final class StrictManifests {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Of each API version that the chart uses, how the client's classes of its kinds begin. */
    private static final Map<String, String> BUILT_IN = Map.of(
            "v1", "V1",
            "apps/v1", "V1",
            "batch/v1", "V1",
            "policy/v1", "V1",
            "networking.k8s.io/v1", "V1",
            "scheduling.k8s.io/v1", "V1",
            "autoscaling/v2", "V2");

    private final CustomResources customResources = new CustomResources();

    /** Each begins with the object's kind and name; empty when the object is as its kind says. */
    List<String> faults(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        List<String> faults = new ArrayList<>();
        String beginning = BUILT_IN.get(apiVersion);
        if (beginning == null) {
            faults.addAll(customResources.faults(object));
        } else {
            faults.addAll(faultsOfModel(beginning + kind, object));
        }
        String name = object.path("metadata").path("name").asText();
        if (!name.matches("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?")) {
            faults.add("the name is not one that Kubernetes takes, or longer than 63");
        }
        return faults.stream().map(each -> kind + " " + name + ": " + each).toList();
    }

    private static List<String> faultsOfModel(String model, JsonNode object) {
        JsonElement element = JsonParser.parseString(object.toString());
        try {
            Class<?> type = Class.forName(MODELS + model);
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, element);
            Object read = JSON.getGson().fromJson(element, type);
            return read == null ? List.of("it is empty") : List.of();
        } catch (InvocationTargetException refused) {
            return List.of(refused.getCause().toString());
        } catch (ReflectiveOperationException unknown) {
            return List.of("no such kind: " + model);
        } catch (RuntimeException wrongType) {
            return List.of(wrongType.toString());
        }
    }
}
