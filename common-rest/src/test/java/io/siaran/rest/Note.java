package io.siaran.rest;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** What the test resource writes. */
@Entity
@Table(name = "notes")
class Note extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(name = "user_id")
    String userId;

    String phone;
}
