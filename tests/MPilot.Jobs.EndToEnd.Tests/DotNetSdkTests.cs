using System.ClientModel;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using OpenAI;
using OpenAI.Images;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The OpenAI .NET SDK, unmodified.</summary>
public sealed class DotNetSdkTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    [Fact]
    public async Task GenerateImageEdit_WhenNothingIsSaid_GivesBytes()
    {
        var edited = await Client().GenerateImageEditAsync(Picture(), "a.png", "make it blue");

        edited.Value.ImageBytes.ToArray().AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task GenerateImageEdit_WhenAskedForALink_GivesOneThatServesThePicture()
    {
        var options = new ImageEditOptions { ResponseFormat = GeneratedImageFormat.Uri };

        var edited = await Client().GenerateImageEditAsync(Picture(), "a.png", "make it blue", options);

        using var client = EditClient.For(edge.Service);
        var response = await client.Http.GetAsync(edited.Value.ImageUri);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await response.Content.ReadAsByteArrayAsync()).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task GenerateImageEdit_WhenMasked_SendsTheMaskOn()
    {
        // Of a size the model makes, nothing has to be drawn anew.
        var mask = Png.Drawn(1024, 1024, (x, _) => (0, 0, 0, (byte)(x < 32 ? 0 : 255)));

        await Client().GenerateImageEditAsync(new MemoryStream(Png.Gradient(1024, 1024)), "a.png", "a masked wish", new MemoryStream(mask), "mask.png");

        var sent = edge.Simulator.Ledger.Read().Calls.Single(c => c.Fields["prompt"] == "a masked wish");
        var part = sent.Parts.Single(p => p.Name == "mask");
        part.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(mask)));
    }

    private static MemoryStream Picture() => new(Png.Gradient());

    private ImageClient Client()
        => new("gpt-image-1", new ApiKeyCredential("sk-anything"), new OpenAIClientOptions { Endpoint = new Uri(edge.Service.Address, "v1") });
}
