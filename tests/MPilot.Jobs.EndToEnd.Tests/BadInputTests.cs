using System.Text;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Requests that cannot be served: a clear answer, and nothing left in the store.</summary>
public sealed class BadInputTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    private static readonly (string Name, string Value)[] Wish = [("model", "openai/gpt-image-2"), ("prompt", "p")];

    [Fact]
    public Task Edit_WithoutAnImage_Is400OnImage() => RefusedAsync(EditClient.Form(default, Wish), 400, "missing_field", "image");

    [Fact]
    public Task Edit_WithAFieldTwice_Is400OnIt()
        => RefusedAsync(EditClient.Form(Png.Gradient(), [.. Wish, ("n", "1"), ("n", "2")]), 400, "invalid_value", "n");

    [Fact]
    public Task Edit_WithAPictureOf60Megabytes_Is413OnImage()
        => RefusedAsync(EditClient.Form(Png.Heavy(60 << 20), Wish), 413, "body_too_large", "image");

    [Fact]
    public Task Edit_WithATextFileNamedPng_Is400OnImage()
        => RefusedAsync(EditClient.Form("just some words"u8.ToArray(), Wish), 400, "invalid_image_file", "image");

    [Fact]
    public Task Edit_WithAHeaderOf60Megapixels_Is400OnImage()
        => RefusedAsync(EditClient.Form(PngFile.HeaderOnly(10_000, 6_000), Wish), 400, "invalid_image_file", "image");

    [Theory]
    [InlineData("nobody/gpt-image-2")]
    [InlineData("local/no-such-model")]
    [InlineData("no-such-model")]
    public Task Edit_WithAnUnknownModel_Is404OnModel(string model)
        => RefusedAsync(EditClient.Form(Png.Gradient(), ("model", model), ("prompt", "p")), 404, "model_not_found", "model");

    [Fact]
    public async Task Edit_WhenTheMultipartBreaksOff_Is400()
    {
        const string Body = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-image-2\r\n--b\r\nContent-Disposition: form-data; name=\"ima";
        var head = $"POST /v1/images/edits HTTP/1.1\r\nHost: {edge.Service.Address.Authority}\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n";

        using var http = new RawHttp(edge.Service.Address);
        await http.WriteAsync(Encoding.ASCII.GetBytes(head + Body));
        var answer = await http.ReadAsync();

        (answer.Status, answer.Code).ShouldBe((400, "invalid_multipart"));
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WithSeveralMistakes_NamesThemAll()
    {
        using var client = EditClient.For(edge.Service);
        using var form = EditClient.Form(default, ("prompt", "p"), ("n", "99"), ("size", "banana"));

        var (response, body) = await client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(400);
        body["error"]!["errors"]!.AsArray().Select(e => (string)e!["param"]!).ShouldBe(["model", "image", "n", "size"], ignoreOrder: true);
        NothingIsLeft();
    }

    private async Task RefusedAsync(MultipartFormDataContent form, int status, string code, string param)
    {
        using var client = EditClient.For(edge.Service);
        using (form)
        {
            var (response, body) = await client.PostAsync(form);

            ((int)response.StatusCode).ShouldBe(status, body.ToJsonString());
            ((string?)body["error"]!["code"]).ShouldBe(code);
            ((string?)body["error"]!["param"]).ShouldBe(param);
        }

        NothingIsLeft();
    }

    private void NothingIsLeft()
    {
        edge.Workspace.Query("SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM artifacts) + (SELECT count(*) FROM artifact_refs)").ShouldBe(0);
        edge.Workspace.ArtifactFiles.ShouldBe(0);
        edge.Simulator.Ledger.Read().CallCount.ShouldBe(0);
    }
}
