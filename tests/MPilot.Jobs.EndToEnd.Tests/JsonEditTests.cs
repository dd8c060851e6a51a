using System.Security.Cryptography;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Edits as JSON and files, against the real process; the provider tells which bytes arrived.</summary>
public sealed class JsonEditTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    private const int Megabyte = 1 << 20;

    private static readonly byte[] Picture = Png.Gradient(96, 64);

    [Theory]
    [InlineData("xai")]
    [InlineData("data URL")]
    [InlineData("base64")]
    public async Task Edit_WhenThePictureIsInTheBody_BringsItToTheProvider(string shape)
    {
        var base64 = Convert.ToBase64String(Picture);
        JsonObject edit = shape switch
        {
            "xai" => new() { ["image"] = new JsonObject { ["url"] = $"data:image/png;base64,{base64}", ["type"] = "image_url" }, ["n"] = 1 },
            "data URL" => new() { ["images"] = new JsonArray($"data:;base64,{base64}"), ["stream"] = false },
            _ => new() { ["images"] = new JsonArray(new JsonObject { ["image"] = base64 }), ["metadata"] = new JsonObject { ["k"] = "v" } },
        };

        await EditedAsync(edge, edit, $"json {shape}");

        Sent(edge, $"json {shape}").Parts.Single(p => p.Name.StartsWith("image", StringComparison.Ordinal)).Sha256.ShouldBe(Sha256(Picture));
    }

    [Fact]
    public async Task Edit_WhenBodiesAreAskedFor_ShowsWhatTheProviderGotAndGave()
    {
        using var client = EditClient.For(edge.Service);
        var form = EditClient.Form(Picture, ("model", "openai/gpt-image-2"), ("prompt", "show it"), ("quality", "low"));

        var (response, body) = await client.PostAsync(
            form, ("x-bf-send-back-raw-request", "true"), ("x-bf-send-back-raw-response", "true"), ("X-Client-Request-Id", "mine-1"));

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        var sent = body["extra_fields"]!["raw_request"]!.AsObject();
        ((string)sent["prompt"]!, (string)sent["quality"]!, (string)sent["image"]!).ShouldBe(("show it", "low", $"<png, {Picture.Length} bytes>"));
        var answered = body["extra_fields"]!["raw_response"]!;
        ((string)answered["data"]![0]!["b64_json"]!).ShouldMatch("^<(png|picture), [0-9]+ bytes>$");
        ((long)answered["usage"]!["total_tokens"]!).ShouldBe((long)body["usage"]!["total_tokens"]!);

        var (_, job) = await client.GetAsync($"/v1/jobs/{(string)body["id"]!}");
        ((string)job["client_request_id"]!).ShouldBe("mine-1");
        job.ToJsonString().ShouldNotContain("raw_");
    }

    [Fact]
    public async Task Edit_WhenThePictureIsBehindHttps_FetchesIt()
    {
        await using var pictures = await TlsPictureHost.StartAsync(Picture);
        using var workspace = new Workspace();
        var certificate = Path.Combine(workspace.Root, "trusted.pem");
        await File.WriteAllTextAsync(certificate, pictures.CertificatePem);
        var configuration = Configurations.With(edge.Simulator);
        configuration["Http"] = new JsonObject { ["FetchPrivateHosts"] = true, ["FetchPorts"] = new JsonArray(pictures.Port) };
        await using var service = await ServiceProcess.StartAsync(workspace, configuration, ("SSL_CERT_FILE", certificate));
        using var client = EditClient.For(service);

        var edit = Edit($"https://localhost:{pictures.Port}/picture?token=hush-hush", "json https");
        var (response, body) = await client.PostAsync(edit);

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        Sent(edge, "json https").Parts.Single(p => p.Name.StartsWith("image", StringComparison.Ordinal)).Sha256.ShouldBe(Sha256(Picture));
        service.Output.ShouldNotContain("hush-hush");
    }

    [Theory]
    [InlineData("https://localhost/picture.png")]
    [InlineData("https://169.254.169.254/latest/meta-data/iam")]
    [InlineData("https://2130706433/")]
    public async Task Edit_WhenTheUrlLeadsInside_Is400OnImage(string url)
    {
        using var client = EditClient.For(edge.Service);

        var (response, body) = await client.PostAsync(Edit(url, "json inside"));

        ((int)response.StatusCode).ShouldBe(400);
        ((string?)body["error"]!["code"], (string?)body["error"]!["param"]).ShouldBe(("invalid_image_file", "image"));
    }

    [Fact]
    public async Task Edit_WhenAFileIsUsedTwiceAndDeleted_BothGetIt()
    {
        using var client = EditClient.For(edge.Service);
        using var upload = new MultipartFormDataContent { { new StringContent("vision"), "purpose" }, { new ByteArrayContent(Picture), "file", "mine.png" } };
        using var uploaded = await client.Http.PostAsync(new Uri("/v1/files", UriKind.Relative), upload);
        var file = (string)JsonNode.Parse(await uploaded.Content.ReadAsStringAsync())!["id"]!;
        JsonObject Reference() => new() { ["images"] = new JsonArray(new JsonObject { ["file_id"] = file }) };

        await EditedAsync(edge, Reference(), "json file 1");
        await EditedAsync(edge, Reference(), "json file 2");
        using var deleted = await client.Http.DeleteAsync(new Uri($"/v1/files/{file}", UriKind.Relative));

        deleted.EnsureSuccessStatusCode();
        edge.Workspace.Query($"SELECT count(*) FROM artifacts WHERE sha256 = '{Sha256(Picture)}' AND role = 'source' AND id IN (SELECT artifact FROM artifact_refs GROUP BY artifact HAVING count(*) = 3)")
            .ShouldBe(1, "the two jobs and, until the sweeper comes, the file");
        foreach (var prompt in new[] { "json file 1", "json file 2" })
        {
            Sent(edge, prompt).Parts.Single(p => p.Name.StartsWith("image", StringComparison.Ordinal)).Sha256.ShouldBe(Sha256(Picture));
        }
    }

    [Fact]
    public async Task Files_WhenOpenAisClientUsesThem_WorkAsThere()
    {
        var path = Path.Combine(edge.Workspace.Root, "file.png");
        await File.WriteAllBytesAsync(path, Picture);

        var answer = await NodeScript.RunAsync("files.mjs", new Uri(edge.Service.Address, "v1").ToString(), path);

        var first = answer["first"]!;
        ((string?)first["object"], (string?)first["purpose"], (string?)first["filename"], (string?)first["status"]).ShouldBe(("file", "vision", "picture.png", "processed"));
        ((long)first["bytes"]!).ShouldBe(Picture.Length);
        ((long)first["expires_at"]! - (long)first["created_at"]!).ShouldBe(30 * 86_400);
        JsonNode.DeepEquals(answer["retrieved"], first).ShouldBeTrue();
        answer["listed"]!.AsArray().Select(id => (string)id!).ShouldContain((string)answer["second"]!["id"]!);
        answer["listed"]!.AsArray().Select(id => (string)id!).ShouldContain((string)first["id"]!);
        ((string?)answer["sha256"]).ShouldBe(Sha256(Picture));
        ((bool)answer["deleted"]!["deleted"]!).ShouldBeTrue();
        ((int)answer["afterwards"]!["status"]!, (string?)answer["afterwards"]!["code"]).ShouldBe((404, "not_found"));
    }

    [Fact]
    public async Task Edit_WhenABodyIsLarge_NeverHoldsIt()
    {
        var large = Png.Heavy(45 * Megabyte);
        var service = new EdgeFixture();
        await service.InitializeAsync();
        try
        {
            await EditedAsync(service, new() { ["image"] = Convert.ToBase64String(Picture) }, "json small");
            var before = service.Service.PeakMemory;

            await EditedAsync(service, new() { ["image"] = Convert.ToBase64String(large) }, "json large");

            Sent(service, "json large").Parts.Single(p => p.Name.StartsWith("image", StringComparison.Ordinal)).Sha256.ShouldBe(Sha256(large));
            (service.Service.PeakMemory - before).ShouldBeLessThan(40 * Megabyte);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    private static JsonObject Edit(string image, string prompt) => new() { ["model"] = "openai/gpt-image-2", ["prompt"] = prompt, ["image"] = image };

    private static async Task EditedAsync(EdgeFixture edge, JsonObject edit, string prompt)
    {
        using var client = EditClient.For(edge.Service);
        edit["model"] = "openai/gpt-image-2";
        edit["prompt"] = prompt;

        var (response, body) = await client.PostAsync(edit);

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        Convert.FromBase64String((string)body["data"]![0]!["b64_json"]!).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    private static CallRecord Sent(EdgeFixture edge, string prompt) => edge.Simulator.Ledger.Read().Calls.Single(c => c.Fields["prompt"] == prompt);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
