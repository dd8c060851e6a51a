using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>Webhook endpoints and their secrets.</summary>
public abstract class WebhookConformance : StoreConformance
{
    private const int Most = 3;

    private static readonly WebhookSecrets First = new("whsec_1", Start);

    [Fact]
    public async Task FindAsync_WhenAdded_HasTheWholeEndpoint()
    {
        var plain = await AddAsync(NewEndpoint());
        var full = await AddAsync(NewEndpoint() with { Events = [.. WebhookEvents.All], NamedOnly = true, DisabledAt = Start.AddDays(1), DisabledAsGone = true });

        foreach (var endpoint in new[] { plain, full })
        {
            Same(await Endpoints.FindAsync(Tenant, endpoint.Id, default), endpoint);
            Same(await Endpoints.FindNamedAsync(Tenant, endpoint.Name, default), endpoint);
            (await Endpoints.FindAsync("shop-b", endpoint.Id, default)).ShouldBeNull();
            (await Endpoints.FindNamedAsync("shop-b", endpoint.Name, default)).ShouldBeNull();
            (await Endpoints.FindSecretsAsync(Tenant, endpoint.Id, default)).ShouldBe(First);
            (await Endpoints.FindSecretsAsync("shop-b", endpoint.Id, default)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task AddAsync_WhenTheNameIsTakenOrThereAreEnough_WritesNothing()
    {
        var first = await AddAsync(NewEndpoint());

        (await Endpoints.AddAsync(NewEndpoint() with { Name = first.Name }, "whsec_2", Most, default)).ShouldBe(EndpointAnswer.NameTaken);
        (await Endpoints.AddAsync(NewEndpoint("shop-b") with { Name = first.Name }, "whsec_2", Most, default)).ShouldBe(EndpointAnswer.Stored);
        var second = await AddAsync(NewEndpoint());
        var third = await AddAsync(NewEndpoint());
        (await Endpoints.AddAsync(NewEndpoint(), "whsec_2", Most, default)).ShouldBe(EndpointAnswer.TooMany);

        (await ListAsync(null, 10)).ShouldBe([third.Id, second.Id, first.Id]);
    }

    [Fact]
    public async Task ListAsync_WhenPaged_NamesEveryEndpointOnceNewestFirst()
    {
        var all = new List<string>();
        for (var i = 0; i < Most; i++)
        {
            all.Insert(0, (await AddAsync(NewEndpoint())).Id);
        }

        (await ListAsync(null, 2)).ShouldBe(all.Take(2));
        (await ListAsync(all[1], 2)).ShouldBe(all.Skip(2));
        (await Endpoints.ListAsync("shop-b", null, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task UpdateAsync_WhenItIsThere_StoresAllOfIt()
    {
        var endpoint = await AddAsync(NewEndpoint());
        var other = await AddAsync(NewEndpoint());
        var changed = endpoint with { Name = "new", Url = "https://b.example/", Events = [WebhookEvents.Failed], NamedOnly = true, DisabledAt = Start.AddHours(1) };

        (await Endpoints.UpdateAsync(changed, default)).ShouldBe(EndpointAnswer.Stored);
        Same(await Endpoints.FindAsync(Tenant, endpoint.Id, default), changed);
        (await Endpoints.UpdateAsync(changed with { Name = other.Name }, default)).ShouldBe(EndpointAnswer.NameTaken);
        (await Endpoints.UpdateAsync(changed with { Id = "whe_0" }, default)).ShouldBe(EndpointAnswer.Gone);
        (await Endpoints.UpdateAsync(changed with { Tenant = "shop-b" }, default)).ShouldBe(EndpointAnswer.Gone);
        Same(await Endpoints.FindAsync(Tenant, endpoint.Id, default), changed);
    }

    [Fact]
    public async Task DeleteAsync_WhenDone_LeavesNeitherEndpointNorSecret()
    {
        var endpoint = await AddAsync(NewEndpoint());

        (await Endpoints.DeleteAsync("shop-b", endpoint.Id, default)).ShouldBeFalse();
        (await Endpoints.FindSecretsAsync(Tenant, endpoint.Id, default)).ShouldNotBeNull();
        (await Endpoints.DeleteAsync(Tenant, endpoint.Id, default)).ShouldBeTrue();
        (await Endpoints.DeleteAsync(Tenant, endpoint.Id, default)).ShouldBeFalse();

        (await Endpoints.FindAsync(Tenant, endpoint.Id, default)).ShouldBeNull();
        (await Endpoints.FindSecretsAsync(Tenant, endpoint.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task RotateAsync_WhenDoneAgainAndAgain_KeepsTheOneBefore()
    {
        var endpoint = await AddAsync(NewEndpoint());
        var (second, third) = (Start.AddHours(1), Start.AddHours(2));

        await Endpoints.RotateAsync(new(Tenant, endpoint.Id, "whsec_2", second, second.AddDays(1)), default);
        var rotated = (await Endpoints.FindSecretsAsync(Tenant, endpoint.Id, default))!;
        rotated.ShouldBe(new("whsec_2", second, "whsec_1", second.AddDays(1)));
        rotated.ValidAt(second).ShouldBe(["whsec_2", "whsec_1"]);
        rotated.ValidAt(second.AddDays(1)).ShouldBe(["whsec_2"]);

        await Endpoints.RotateAsync(new(Tenant, endpoint.Id, "whsec_3", third, third.AddDays(1)), default);
        (await Endpoints.FindSecretsAsync(Tenant, endpoint.Id, default)).ShouldBe(new("whsec_3", third, "whsec_2", third.AddDays(1)));
    }

    [Fact]
    public async Task RotateAsync_WhenATenantHasNoSecret_MakesItsFirst()
    {
        (await Endpoints.FindSecretsAsync(Tenant, WebhookSecrets.TenantsOwn, default)).ShouldBeNull();

        await Endpoints.RotateAsync(new(Tenant, WebhookSecrets.TenantsOwn, "whsec_1", Start, Start.AddDays(1)), default);

        (await Endpoints.FindSecretsAsync(Tenant, WebhookSecrets.TenantsOwn, default)).ShouldBe(First);
        (await Endpoints.FindSecretsAsync("shop-b", WebhookSecrets.TenantsOwn, default)).ShouldBeNull();
    }

    private async Task<WebhookEndpoint> AddAsync(WebhookEndpoint endpoint)
    {
        (await Endpoints.AddAsync(endpoint, "whsec_1", Most, default)).ShouldBe(EndpointAnswer.Stored);
        return endpoint;
    }

    private async Task<List<string>> ListAsync(string? after, int limit)
        => [.. (await Endpoints.ListAsync(Tenant, after, limit, default)).Select(e => e.Id)];

    /// <summary>Arrays are compared by what is in them.</summary>
    private static void Same(WebhookEndpoint? found, WebhookEndpoint expected)
    {
        found.ShouldNotBeNull();
        found.Events.ShouldBe(expected.Events);
        (found with { Events = expected.Events }).ShouldBe(expected);
    }
}
