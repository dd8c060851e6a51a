using System.Text.Json;

using MPilot.Jobs.Api.Tests.Documentation;
using MPilot.Jobs.Domain.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Webhooks;

/// <summary>The OpenAPI document says what the calls about webhooks do.</summary>
public sealed class WebhookDocumentTests : DocumentSuite
{
    private const string Endpoints = "/v1/webhooks/endpoints";
    private const string Deliveries = "/v1/webhooks/deliveries";

    [Fact]
    public async Task Answers_WhenReallyGiven_FitTheirSchemas()
    {
        var registered = await Host.PostJsonAsync(Endpoints, BodyOf(Endpoints).GetProperty("example").GetRawText());
        Fits(registered, "post", Endpoints, 201);
        var id = registered.Json.GetProperty("id").GetString()!;
        foreach (var (path, status) in new[] { ("disable", 200), ("enable", 200), ("rotate", 200), ("test", 202) })
        {
            Fits(await Host.PostJsonAsync($"{Endpoints}/{id}/{path}"), "post", $"{Endpoints}/{{id}}/{path}", status);
            Fits(await Host.PostJsonAsync($"{Endpoints}/whe_0/{path}"), "post", $"{Endpoints}/{{id}}/{path}", 404);
        }

        Fits(await Host.GetAsync(Endpoints), "get", Endpoints, 200);
        Fits(await Host.GetAsync($"{Endpoints}/{id}"), "get", Endpoints + "/{id}", 200);
        Fits(await Host.PostJsonAsync($"{Endpoints}/{id}", BodyOf(Endpoints + "/{id}").GetProperty("example").GetRawText()), "post", Endpoints + "/{id}", 200);
        Fits(await Host.PostJsonAsync($"{Endpoints}/{id}", """{"url":1}"""), "post", Endpoints + "/{id}", 400);
        Fits(await Host.GetAsync("/v1/webhooks/secret"), "get", "/v1/webhooks/secret", 404);
        Fits(await Host.PostJsonAsync("/v1/webhooks/secret"), "post", "/v1/webhooks/secret", 200);
        Fits(await Host.GetAsync("/v1/webhooks/secret"), "get", "/v1/webhooks/secret", 200);
        var delivery = Host.Store.Deliveries.Single().Id;
        Fits(await Host.GetAsync(Deliveries), "get", Deliveries, 200);
        Fits(await Host.GetAsync(Deliveries + "?limit=0"), "get", Deliveries, 400);
        Fits(await Host.GetAsync($"{Deliveries}/{delivery}"), "get", Deliveries + "/{id}", 200);
        Fits(await Host.PostJsonAsync($"{Deliveries}/{delivery}/redeliver"), "post", Deliveries + "/{id}/redeliver", 409);
        Fits(await Host.PostJsonAsync($"{Deliveries}/redeliver", $$"""{"since":0,"endpoint":"{{id}}"}"""), "post", Deliveries + "/redeliver", 202);
        Fits(await Host.SendAsync(HttpMethod.Delete, $"{Endpoints}/{id}", null), "delete", Endpoints + "/{id}", 200);
    }

    [Fact]
    public void Events_WhenThereAreMore_AreAllDescribed()
    {
        var rule = BodyOf(Endpoints).GetProperty("schema").GetProperty("properties").GetProperty("events").GetProperty("description").GetString()!;

        WebhookEvents.All.ShouldAllBe(e => rule.Contains($"`{e}`"));
    }

    private JsonElement BodyOf(string path)
        => Document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");

    private void Fits(Answer answer, string method, string path, int status)
    {
        answer.Status.ShouldBe(status, $"{method} {path} {answer.Text}");
        Fits(answer, method, path);
    }
}
