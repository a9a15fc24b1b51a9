package io.siaran.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.client.ApiClient;
import io.siaran.client.ApiException;
import io.siaran.client.api.CampaignsApi;
import io.siaran.client.api.DevicesApi;
import io.siaran.client.api.LeadsApi;
import io.siaran.client.api.MessagesApi;
import io.siaran.client.api.SequencesApi;
import io.siaran.client.model.Campaign;
import io.siaran.client.model.CampaignReport;
import io.siaran.client.model.CampaignTerms;
import io.siaran.client.model.ContactView;
import io.siaran.client.model.DeviceBody;
import io.siaran.client.model.DeviceView;
import io.siaran.client.model.Lead;
import io.siaran.client.model.LeadBody;
import io.siaran.client.model.Message;
import io.siaran.client.model.PageContactView;
import io.siaran.client.model.PageLeadView;
import io.siaran.client.model.PageMessageView;
import io.siaran.client.model.SequenceDocument;
import io.siaran.client.model.SequenceView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A user's CRM: calls REST through the front door with one user's token, by the client that is generated from
 * {@code docs/openapi.yaml}. Every call expects success. An answer with a field that the document does not have fails.
 */
final class Crm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAGE = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String baseUrl;
    private final String token;
    private final DevicesApi devices;
    private final LeadsApi leads;
    private final CampaignsApi campaigns;
    private final SequencesApi sequences;
    private final MessagesApi messages;
    private final Desk desk;

    Crm(String baseUrl, String token) {
        this.baseUrl = baseUrl;
        this.token = token;
        ObjectMapper strict =
                ApiClient.createDefaultObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        ApiClient client =
                new ApiClient(HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)), strict, baseUrl);
        client.setReadTimeout(PATIENCE);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        devices = new DevicesApi(client);
        leads = new LeadsApi(client);
        campaigns = new CampaignsApi(client);
        sequences = new SequencesApi(client);
        messages = new MessagesApi(client);
        desk = new Desk(client);
    }

    Desk desk() {
        return desk;
    }

    DeviceView register(DeviceBody device) {
        return call(() -> devices.registerDevice(DevicesApi.APIRegisterDeviceRequest.newBuilder()
                .deviceBody(device)
                .build()));
    }

    DeviceView device(UUID id) {
        return call(() -> devices.getDevice(
                DevicesApi.APIGetDeviceRequest.newBuilder().id(id).build()));
    }

    Lead create(LeadBody lead) {
        return call(() -> leads.createLead(
                LeadsApi.APICreateLeadRequest.newBuilder().leadBody(lead).build()));
    }

    Lead lead(UUID id) {
        return call(() ->
                leads.getLead(LeadsApi.APIGetLeadRequest.newBuilder().id(id).build()));
    }

    /** Whoever carries this trigger. */
    List<Lead> leads(String trigger) {
        return all(
                cursor -> leads.listLeads(LeadsApi.APIListLeadsRequest.newBuilder()
                        .trigger(trigger)
                        .limit(PAGE)
                        .cursor(cursor)
                        .build()),
                PageLeadView::getItems,
                PageLeadView::getNextCursor);
    }

    Campaign create(CampaignTerms terms) {
        return call(() -> campaigns.createCampaign(CampaignsApi.APICreateCampaignRequest.newBuilder()
                .campaignTerms(terms)
                .build()));
    }

    Campaign trigger(UUID campaign) {
        return call(() -> campaigns.triggerCampaign(
                CampaignsApi.APITriggerCampaignRequest.newBuilder().id(campaign).build()));
    }

    Campaign campaign(UUID id) {
        return call(() -> campaigns.getCampaign(
                CampaignsApi.APIGetCampaignRequest.newBuilder().id(id).build()));
    }

    CampaignReport report(UUID campaign) {
        return call(() -> campaigns.reportCampaign(
                CampaignsApi.APIReportCampaignRequest.newBuilder().id(campaign).build()));
    }

    SequenceView create(SequenceDocument sequence) {
        return call(() -> sequences.createSequence(SequencesApi.APICreateSequenceRequest.newBuilder()
                .sequenceDocument(sequence)
                .build()));
    }

    SequenceView activate(UUID sequence) {
        return call(() -> sequences.activateSequence(SequencesApi.APIActivateSequenceRequest.newBuilder()
                .id(sequence)
                .build()));
    }

    List<ContactView> contacts(UUID sequence) {
        return all(
                cursor -> sequences.listSequenceContacts(SequencesApi.APIListSequenceContactsRequest.newBuilder()
                        .id(sequence)
                        .limit(PAGE)
                        .cursor(cursor)
                        .build()),
                PageContactView::getItems,
                PageContactView::getNextCursor);
    }

    /** Those of these campaigns; of everything when there are none. */
    List<Message> messages(UUID... ofCampaigns) {
        return all(
                cursor -> messages.listMessages(MessagesApi.APIListMessagesRequest.newBuilder()
                        .campaignId(List.of(ofCampaigns))
                        .limit(PAGE)
                        .cursor(cursor)
                        .build()),
                PageMessageView::getItems,
                PageMessageView::getNextCursor);
    }

    /** One call whose answer the test judges itself. */
    HttpResponse<String> exchange(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/api/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return call(() -> http.send(request, BodyHandlers.ofString()));
    }

    /** A POST that succeeds, and its answer. */
    JsonNode post(String path, String body) {
        HttpResponse<String> answer = exchange("POST", path, body);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return tree(answer.body());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json.isEmpty() ? "null" : json);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** One page of a list, after that cursor. */
    private interface PageCall<P> {
        P after(String cursor) throws ApiException;
    }

    private static <P, T> List<T> all(PageCall<P> pages, Function<P, List<T>> items, Function<P, String> next) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            P page = call(() -> pages.after(from));
            all.addAll(items.apply(page));
            cursor = next.apply(page);
        } while (cursor != null);
        return all;
    }

    static <T> T call(Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception refused) {
            throw new AssertionError(refused.getMessage(), refused);
        }
    }
}
