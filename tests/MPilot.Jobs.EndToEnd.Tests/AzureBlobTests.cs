using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

using Azure.Storage.Blobs;

using Microsoft.AspNetCore.WebUtilities;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The service with its pictures in Azure Blob Storage.</summary>
public sealed class AzureBlobTests : OneProviderTests
{
    private const string Variable = "MPILOT_TEST_ACCOUNT";

    private readonly string _container = AzuriteServer.NewContainer();

    [Fact]
    public async Task Kill_WhenAnEditIsDone_TheLinkServesItsBytesAfterRestart()
    {
        var server = await AzuriteServer.SharedAsync();
        Uri link;
        byte[] before;
        await using (var service = await StartAsync(server, "own"))
        {
            using var client = EditClient.For(service);
            link = await EditAsync(client);
            before = await client.Http.GetByteArrayAsync(link);
            Workspace.ArtifactFiles.ShouldBe(0, "what is committed is not on this machine");
            await service.KillAsync();
        }

        await using var restarted = await StartAsync(server, "own");
        using var after = EditClient.For(restarted);
        (await after.Http.GetByteArrayAsync(new Uri(restarted.Address, link.PathAndQuery))).ShouldBe(before);
        using var some = new HttpRequestMessage(HttpMethod.Get, new Uri(restarted.Address, link.PathAndQuery)) { Headers = { Range = new RangeHeaderValue(5, 14) } };
        var answer = await after.Http.SendAsync(some);
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(before[5..15]);
    }

    [Fact]
    public async Task Edit_WhenLinksAreSas_TheLinkLeadsToTheBlobAndWorksWithoutTheService()
    {
        var server = await AzuriteServer.SharedAsync();
        Uri link;
        await using (var service = await StartAsync(server, "sas"))
        {
            using var client = EditClient.For(service);
            link = await EditAsync(client);
            var job = (await client.GetAsync("/v1/jobs")).Body["data"]![0]!;
            DateTimeOffset.Parse(QueryHelpers.ParseQuery(link.Query)["se"].ToString(), CultureInfo.InvariantCulture)
                .ShouldBe(DateTimeOffset.FromUnixTimeSeconds((long)job["expires_at"]!), "the link ends with the picture");
            await service.KillAsync();
            service.Output.ShouldNotContain(AzuriteServer.Key);
        }

        link.Authority.ShouldBe(server.Address.Authority);
        await using var restarted = await StartAsync(server, "sas");
        using var stranger = EditClient.For(restarted);
        var answer = await stranger.Http.GetAsync(link);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe("inline; filename=\"edit-0.png\"");
        (await answer.Content.ReadAsByteArrayAsync())[1..4].ShouldBe("PNG"u8.ToArray());
    }

    [Fact]
    public async Task Server_WhenItIsAwayAndThenIsNot_RefusesNewEditsSaysSoAndEndsThoseItHas()
    {
        await using var server = await AzuriteServer.StartAsync();
        Provider.Script(new ScriptAction { Hold = "call" });
        await using var service = await StartAsync(server, "own");
        using var client = EditClient.For(service);
        var job = await EditClient.SubmitAsync(service, "p");
        await Provider.HeldAsync("call");

        await server.StopAsync();
        using var form = Form();
        var (refused, body) = await client.PostAsync(form);
        (refused.StatusCode, (string)body["error"]!["code"]!).ShouldBe((HttpStatusCode.ServiceUnavailable, "overloaded"));
        var (ready, checks) = await client.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        checks["checks"]!.AsArray().Single(c => (string)c!["name"]! == "artifacts")!["message"]!.GetValue<string>().ShouldBe("The blob container cannot be reached.");
        Provider.Release("call");
        await service.SaidAsync("it counts as lost");
        await server.ResumeAsync();

        var final = await client.FinalAsync(job);
        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["lost", "succeeded"]);
        Provider.Ledger.Read().Purchases.ShouldBe(2, "nothing else was bought before it could be kept");
        (await client.GetAsync("/health/ready")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Upload_WhenItsClientHangsUpHalfWay_LeavesNothing()
    {
        var server = await AzuriteServer.SharedAsync();
        await using var service = await StartAsync(server, "own");
        using var form = EditClient.Form(Png.Heavy(10_000_000), ("model", "openai/gpt-image-2"), ("prompt", "p"));
        var body = await form.ReadAsByteArrayAsync();
        using (var upload = new RawHttp(service.Address))
        {
            await upload.WriteAsync(RawHttp.EditHead(service.Address, form.Headers.ContentType!.ToString(), $"Content-Length: {body.Length}"));
            await upload.WriteAsync(body.AsMemory(0, body.Length - 100_000));
        }

        await service.TerminateAsync();
        await service.EndedAsync();

        var container = new BlobContainerClient(server.ConnectionString, _container);
        (await container.GetBlobsAsync().Select(b => b.Name).ToListAsync()).ShouldBe(["probe"]);
        Workspace.ArtifactFiles.ShouldBe(0);
    }

    [Fact]
    public async Task Edit_WhenTheAccountIsReachedByIdentity_IsKeptThere()
    {
        using var certificate = LoopbackCertificate.New();
        var (trusted, key) = (Path.Combine(Workspace.Root, "trusted.pem"), Path.Combine(Workspace.Root, "key.pem"));
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(key, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var server = await AzuriteServer.StartAsync("--cert", trusted, "--key", key, "--oauth", "basic");
        await using var identity = await IdentityEndpoint.StartAsync();
        var configuration = Configuration(new JsonObject { ["ServiceUri"] = server.Endpoint.AbsoluteUri });

        await using var service = await ServiceProcess.StartAsync(Workspace, configuration, [("SSL_CERT_FILE", trusted), .. identity.Environment]);

        using var client = EditClient.For(service);
        (await client.Http.GetByteArrayAsync(await EditAsync(client)))[1..4].ShouldBe("PNG"u8.ToArray());
        identity.Asked.ShouldAllBe(resource => resource == "https://storage.azure.com");
        identity.Asked.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Start_WhenTheServerIsAway_SaysSoWithoutTheKey()
    {
        var away = new JsonObject { ["ConnectionString"] = AzuriteServer.ConnectionTo(new Uri("http://127.0.0.1:1")) };

        var (code, output) = await ServiceProcess.FailAsync(Workspace, Configuration(away));

        code.ShouldBe(1);
        output.ShouldBe($"The service cannot start: The blob container cannot be reached.{Environment.NewLine}");
    }

    private async Task<ServiceProcess> StartAsync(AzuriteServer server, string links)
        => await ServiceProcess.StartAsync(
            Workspace, Configuration(new JsonObject { ["ConnectionString"] = $"env:{Variable}", ["Links"] = links }), (Variable, server.ConnectionString));

    private JsonObject Configuration(JsonObject artifacts)
    {
        var configuration = Configurations.With(Provider);
        artifacts["Kind"] = "azure-blob";
        artifacts["Container"] = _container;
        configuration["Artifacts"] = artifacts;
        return configuration;
    }

    private static MultipartFormDataContent Form()
        => EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"), ("response_format", "url"));

    private static async Task<Uri> EditAsync(EditClient client)
    {
        using var form = Form();
        var (response, body) = await client.PostAsync(form);
        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        return new((string)body["data"]![0]!["url"]!);
    }
}
