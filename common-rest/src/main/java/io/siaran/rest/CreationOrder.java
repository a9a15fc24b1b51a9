package io.siaran.rest;

import io.siaran.model.WireEnum;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The order of a list whose ids grow with the time of creation (UUID version 7), as {@code ?sort=}. Both ways walk the same
 * index, so neither costs more than the page.
 */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"created_at", "-created_at"})
public enum CreationOrder implements WireEnum {
    OLDEST_FIRST("created_at", ">", "asc"),
    NEWEST_FIRST("-created_at", "<", "desc");

    private final String wire;
    private final String behind;
    private final String direction;

    CreationOrder(String wire, String behind, String direction) {
        this.wire = wire;
        this.behind = behind;
        this.direction = direction;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** This one, unless none was asked for. */
    public static CreationOrder orElse(CreationOrder asked, CreationOrder usual) {
        return asked == null ? usual : asked;
    }

    /** How the id of an item compares with the cursor before it, in SQL and HQL. */
    public String behind() {
        return behind;
    }

    /** For {@code ORDER BY}, in SQL and HQL. */
    public String direction() {
        return direction;
    }
}
