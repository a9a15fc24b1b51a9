package io.siaran.e2e;

import io.siaran.client.ApiClient;
import io.siaran.client.api.AuditApi;
import io.siaran.client.api.DevicesApi;
import io.siaran.client.api.InboundMessagesApi;
import io.siaran.client.api.LeadsApi;
import io.siaran.client.api.MessagesApi;
import io.siaran.client.api.QueueApi;
import io.siaran.client.api.SuppressionsApi;
import io.siaran.client.api.WebhooksApi;
import io.siaran.client.model.AuditEntry;
import io.siaran.client.model.DeviceView;
import io.siaran.client.model.DirectMessageRequest;
import io.siaran.client.model.InboundView;
import io.siaran.client.model.Message;
import io.siaran.client.model.PersonErasure;
import io.siaran.client.model.PersonExport;
import io.siaran.client.model.PersonExportRequest;
import io.siaran.client.model.Stop;
import io.siaran.client.model.StopRequest;
import io.siaran.client.model.StopScope;
import io.siaran.client.model.Suppression;
import io.siaran.client.model.SuppressionRequest;
import io.siaran.client.model.Webhook;
import io.siaran.client.model.WebhookBody;
import java.util.List;
import java.util.UUID;

/** What a user's operators do with single messages, devices and people, by the generated client as {@link Crm}. */
final class Desk {

    private static final int PAGE = 500;

    private final SuppressionsApi suppressions;
    private final QueueApi queue;
    private final InboundMessagesApi inbound;
    private final AuditApi audit;
    private final WebhooksApi webhooks;
    private final LeadsApi people;
    private final DevicesApi devices;
    private final MessagesApi messages;

    Desk(ApiClient client) {
        suppressions = new SuppressionsApi(client);
        queue = new QueueApi(client);
        inbound = new InboundMessagesApi(client);
        audit = new AuditApi(client);
        webhooks = new WebhooksApi(client);
        people = new LeadsApi(client);
        devices = new DevicesApi(client);
        messages = new MessagesApi(client);
    }

    DeviceView pause(UUID device) {
        return Crm.call(() -> devices.pauseDevice(
                DevicesApi.APIPauseDeviceRequest.newBuilder().id(device).build()));
    }

    DeviceView resume(UUID device) {
        return Crm.call(() -> devices.resumeDevice(
                DevicesApi.APIResumeDeviceRequest.newBuilder().id(device).build()));
    }

    Message send(UUID device, String phone, String text) {
        return Crm.call(() -> messages.sendMessage(MessagesApi.APISendMessageRequest.newBuilder()
                .directMessageRequest(new DirectMessageRequest()
                        .deviceId(device)
                        .recipientPhone(phone)
                        .message(text))
                .build()));
    }

    Message message(UUID id) {
        return Crm.call(() -> messages.getMessage(
                MessagesApi.APIGetMessageRequest.newBuilder().id(id).build()));
    }

    Message retry(UUID message) {
        return Crm.call(() -> messages.retryMessage(
                MessagesApi.APIRetryMessageRequest.newBuilder().id(message).build()));
    }

    Suppression suppress(String phone) {
        return Crm.call(() -> suppressions.suppress(SuppressionsApi.APISuppressRequest.newBuilder()
                .suppressionRequest(new SuppressionRequest().phone(phone))
                .build()));
    }

    /** Nothing of the user is sent until {@link #resume}. */
    Stop stop(String reason) {
        return Crm.call(() -> queue.stopQueue(QueueApi.APIStopQueueRequest.newBuilder()
                .stopRequest(new StopRequest().scope(StopScope.USER).reason(reason))
                .build()));
    }

    void resume() {
        Crm.call(() -> {
            queue.resumeQueue(QueueApi.APIResumeQueueRequest.newBuilder()
                    .stopRequest(new StopRequest().scope(StopScope.USER))
                    .build());
            return null;
        });
    }

    /** The newest replies to these devices; to all of the user when there are none. */
    List<InboundView> inbound(UUID... toDevices) {
        return Crm.call(() -> inbound.listInboundMessages(InboundMessagesApi.APIListInboundMessagesRequest.newBuilder()
                        .deviceId(List.of(toDevices))
                        .limit(PAGE)
                        .build()))
                .getItems();
    }

    List<AuditEntry> audit(UUID subject) {
        return Crm.call(() -> audit.listAuditEntries(AuditApi.APIListAuditEntriesRequest.newBuilder()
                        .subjectId(subject.toString())
                        .build()))
                .getItems();
    }

    /** For events of all kinds. */
    Webhook webhook(String url) {
        return Crm.call(() -> webhooks.createWebhook(WebhooksApi.APICreateWebhookRequest.newBuilder()
                .webhookBody(new WebhookBody().url(url))
                .build()));
    }

    PersonExport export(String phone) {
        return Crm.call(() -> people.exportPerson(LeadsApi.APIExportPersonRequest.newBuilder()
                .personExportRequest(new PersonExportRequest().phone(phone))
                .build()));
    }

    PersonExport export(UUID id) {
        return Crm.call(() -> people.getPersonExport(
                LeadsApi.APIGetPersonExportRequest.newBuilder().id(id).build()));
    }

    PersonErasure erase(String phone) {
        return Crm.call(() -> people.erasePerson(LeadsApi.APIErasePersonRequest.newBuilder()
                .personExportRequest(new PersonExportRequest().phone(phone))
                .build()));
    }

    PersonErasure erasure(UUID id) {
        return Crm.call(() -> people.getPersonErasure(
                LeadsApi.APIGetPersonErasureRequest.newBuilder().id(id).build()));
    }
}
