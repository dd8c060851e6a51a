using System.ClientModel;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using OpenAI;
using OpenAI.Images;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>A service with keys of two tenants.</summary>
public sealed class KeyTests(KeyFixture keys) : IClassFixture<KeyFixture>, IDisposable
{
    private readonly Workspace _files = new();
    private readonly EditClient _shop = keys.ClientOf(KeyFixture.Shop);
    private readonly EditClient _app = keys.ClientOf(KeyFixture.ShopApp);
    private readonly EditClient _studio = keys.ClientOf(KeyFixture.Studio);

    public void Dispose()
    {
        _shop.Dispose();
        _app.Dispose();
        _studio.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("GET", "/v1/jobs/{job}")]
    [InlineData("GET", "/v1/jobs/{job}?wait=1")]
    [InlineData("GET", "/v1/jobs/{job}/result")]
    [InlineData("GET", "/v1/jobs/{job}/events")]
    [InlineData("POST", "/v1/jobs/{job}/cancel")]
    [InlineData("GET", "/v1/async/images/edits/{job}")]
    [InlineData("GET", "/v1/images/tasks/{job}")]
    [InlineData("GET", "/v1/files/{file}")]
    [InlineData("GET", "/v1/files/{file}/content")]
    [InlineData("DELETE", "/v1/files/{file}")]
    public async Task Thing_WhenItIsAnotherTenants_IsNotThere(string method, string path)
    {
        var job = await EditAsync(_shop);
        var file = await UploadAsync(_shop);
        path = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{file}", file, StringComparison.Ordinal);

        (await StatusAsync(_studio, method, path)).ShouldBe(HttpStatusCode.NotFound);

        // Another key of the same tenant sees it.
        ((int)await StatusAsync(_app, method, path)).ShouldBeInRange(200, 202);
    }

    [Fact]
    public async Task Lists_WhenAnotherTenantAsks_HaveNothingOfIt()
    {
        var (job, other) = (await EditAsync(_shop), await EditAsync(_studio));
        await UploadAsync(_shop);

        var (_, jobs) = await _studio.GetAsync("/v1/jobs?limit=100");
        var ids = jobs["data"]!.AsArray().Select(j => (string)j!["id"]!).ToList();
        ids.ShouldContain(other);
        ids.ShouldNotContain(job);
        var (_, files) = await _studio.GetAsync("/v1/files");
        files["data"]!.AsArray().ShouldBeEmpty();
        (await StatusAsync(_studio, "GET", $"/v1/jobs?after={job}")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Edit_WhenItsFileIsAnotherTenants_IsRefused()
    {
        var edit = new JsonObject
        {
            ["model"] = "openai/gpt-image-2", ["prompt"] = "p", ["image"] = new JsonObject { ["file_id"] = await UploadAsync(_shop) },
        };

        var (refused, body) = await _studio.PostAsync(edit);
        var (taken, _) = await _app.PostAsync(edit);

        (refused.StatusCode, (string?)body["error"]!["code"]).ShouldBe((HttpStatusCode.BadRequest, "invalid_image_file"));
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task IdempotencyKey_WhenTwoTenantsHaveTheSame_MeansTwoJobs()
    {
        var (first, again, other) = (await EditAsync(_shop, "order-1"), await EditAsync(_app, "order-1"), await EditAsync(_studio, "order-1"));

        (first == again, first == other).ShouldBe((true, false));
    }

    [Fact]
    public async Task Link_WhenItIsSigned_NeedsNoKey()
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"), ("response_format", "url"));
        var (_, body) = await _shop.PostAsync(form);
        using var nobody = EditClient.For(keys.Service);

        (await nobody.Http.GetByteArrayAsync(new Uri((string)body["data"]![0]!["url"]!))).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    [Theory]
    [InlineData("openai", "v1")]
    [InlineData("openai4", "v1")]
    [InlineData("openai", "openai", true)]
    public async Task NodeSdk_WhenItHasTheKey_IsServed(string sdk, string path, bool azure = false)
    {
        var served = await NodeAsync(sdk, path, azure, KeyFixture.Shop);
        var refused = await NodeAsync(sdk, path, azure, "sk-bf-nobody");

        served["error"].ShouldBeNull(served.ToJsonString());
        (await StatusAsync(_shop, "GET", $"/v1/jobs/{served["id"]}")).ShouldBe(HttpStatusCode.OK);
        ((int?)refused["error"]!["status"], (string?)refused["error"]!["code"]).ShouldBe((403, "virtual_key_not_found"));
    }

    [Fact]
    public async Task DotNetSdk_WhenItHasTheKey_IsServed()
    {
        (await DotNet(KeyFixture.Studio).GenerateImageEditAsync(Picture(), "a.png", "p")).Value.ImageBytes.ToArray().AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();

        (await Should.ThrowAsync<ClientResultException>(() => DotNet("sk-anything").GenerateImageEditAsync(Picture(), "a.png", "p"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Edit_WhenThereIsNoKey_IsRefusedBeforeItsBodyIsTaken()
    {
        using var nobody = EditClient.For(keys.Service);
        var files = keys.Workspace.ArtifactFiles;

        using var form = EditClient.Form(new byte[20 << 20], ("model", "openai/gpt-image-2"), ("prompt", "p"));
        var (response, body) = await nobody.PostAsync(form);

        (response.StatusCode, response.Headers.WwwAuthenticate.ToString()).ShouldBe((HttpStatusCode.Unauthorized, "Bearer"));
        (body["event_id"], body["error"]!["event_id"]) = ("evt_", "evt_");
        JsonNode.DeepEquals(body, JsonNode.Parse("""
            {"event_id":"evt_","type":"virtual_key_required","is_bifrost_error":false,"status_code":401,"status":401,"title":"Not identified",
             "detail":"A virtual key is required. Send it in the x-bf-vk header or as Authorization: Bearer.",
             "error":{"type":"virtual_key_required","code":"virtual_key_required",
                      "message":"A virtual key is required. Send it in the x-bf-vk header or as Authorization: Bearer.","event_id":"evt_"},
             "extra_fields":{}}
            """)).ShouldBeTrue(body.ToJsonString());
        keys.Workspace.ArtifactFiles.ShouldBe(files);
    }

    [Fact]
    public async Task Secrets_WhenCallsWereMade_AreInNoLogAndNotInTheStore()
    {
        await EditAsync(_shop);
        await EditAsync(_app);
        using var unknown = keys.ClientOf("sk-bf-unknown-0123456789");
        (await StatusAsync(unknown, "GET", "/v1/jobs")).ShouldBe(HttpStatusCode.Forbidden);

        var written = Directory.EnumerateFiles(keys.Workspace.Data, "jobs.db*");
        var all = keys.Service.Output + string.Concat(written.Select(Read));
        all.ShouldContain("gpt-image-2");
        foreach (var secret in (string[])[KeyFixture.Shop, KeyFixture.ShopApp, KeyFixture.Studio, "sk-bf-unknown-0123456789"])
        {
            all.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        }
    }

    /// <summary>The service writes on.</summary>
    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static async Task<HttpStatusCode> StatusAsync(EditClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Edits a picture; the id of the job.</summary>
    private static async Task<string> EditAsync(EditClient client, string? idempotencyKey = null)
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"));
        var (response, body) = await client.PostAsync(form, idempotencyKey is null ? [] : [("Idempotency-Key", idempotencyKey)]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return (string)body["id"]!;
    }

    private static async Task<string> UploadAsync(EditClient client)
    {
        using var form = new MultipartFormDataContent { { new StringContent("vision"), "purpose" }, { new ByteArrayContent(Png.Gradient()), "file", "a.png" } };
        using var response = await client.Http.PostAsync(new Uri("/v1/files", UriKind.Relative), form);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!;
    }

    private Task<JsonNode> NodeAsync(string sdk, string path, bool azure, string secret)
    {
        var image = Path.Combine(_files.Root, "a.png");
        File.WriteAllBytes(image, Png.Gradient());
        var client = new { apiKey = secret, apiVersion = azure ? "2025-04-01-preview" : null, maxRetries = 0 };
        return NodeScript.RunAsync(
            "edit.mjs", new Uri(keys.Service.Address, path).ToString(), JsonSerializer.Serialize(new { model = "gpt-image-1", prompt = "p", image, sdk, azure, client }));
    }

    private ImageClient DotNet(string secret)
        => new("gpt-image-1", new ApiKeyCredential(secret), new OpenAIClientOptions { Endpoint = new Uri(keys.Service.Address, "v1") });

    private static MemoryStream Picture() => new(Png.Gradient());
}
