package io.siaran.localstack.launcher;

import io.siaran.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal as the REST contract has it (RFC 9457). */
record Problem(int status, String title, String detail, String instance) {

    static final String MEDIA_TYPE = "application/problem+json";

    String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("instance", instance);
        return Json.write(members);
    }
}
