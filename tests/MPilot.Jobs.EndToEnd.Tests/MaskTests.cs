using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Imaging.Tests.Kit;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The very area that a caller marks arrives at the provider, and what the mask keeps comes back as it was.</summary>
public sealed class MaskTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    /// <summary>Where the test masks mark the area to edit, as shares of the picture.</summary>
    private static readonly (double Left, double Top, double Right, double Bottom) Area = (0.25, 0.25, 0.75, 0.5);

    /// <summary>An EXIF block that says: turn me by a quarter to the right.</summary>
    private static readonly byte[] Quarter =
        [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

    [Fact]
    public async Task Edit_WhenTheProviderRepaintsEverything_KeepsWhatTheMaskKeeps()
    {
        var source = Photo(1024, 1024);

        var (body, picture) = await EditAsync("repaints everything", source, Mask(1024, 1024));

        for (var y = 0; y < 1024; y += 3)
        {
            for (var x = 0; x < 1024; x += 3)
            {
                var kept = picture[x, y].SequenceEqual(source[x, y]);
                if (!IsMarked(x, y, 1024, 1024) && !kept)
                {
                    Assert.Fail($"the kept pixel {x},{y} is changed");
                }
            }
        }

        picture[512, 384].SequenceEqual(source[512, 384]).ShouldBeFalse();
        var drift = body["extra_fields"]!["mask_drift"]![0]!;
        ((double)drift["changed"]!).ShouldBeGreaterThan(0.5);
        ((double)drift["mean"]!).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(1024, 1024, null)]
    [InlineData(640, 480, null)]
    [InlineData(640, 480, "white")]
    [InlineData(640, 480, "black")]
    [InlineData(3000, 400, null)]
    public async Task Edit_WhenMasked_SendsTheMarkedAreaToThePixel(int width, int height, string? polarity)
    {
        var prompt = $"area {width}x{height} {polarity}";

        var (_, picture) = await EditAsync(prompt, Photo(width, height), Mask(width, height, polarity), polarity);

        (picture.Width, picture.Height).ShouldBe((width, height));
        var call = Call(prompt);
        var (image, mask) = (call.Parts.Single(p => p.Name == "image"), call.Parts.Single(p => p.Name == "mask"));
        (mask.Width, mask.Height).ShouldBe((image.Width, image.Height));
        call.Fields["size"].ShouldBe($"{image.Width}x{image.Height}");
        var sent = Pixels.Decode(edge.Simulator.Uploads.Read(mask.Sha256));
        var window = Fit(width, height, sent.Width, sent.Height);
        foreach (var (x, y) in Samples())
        {
            var (at, top) = ((int)(window.Left + (x * window.Width)), (int)(window.Top + (y * window.Height)));
            var marked = x > Area.Left && x < Area.Right && y > Area.Top && y < Area.Bottom;
            sent[at, top][3].ShouldBe(marked ? (byte)0 : (byte)255, $"{x:0.00} {y:0.00}");
        }
    }

    [Fact]
    public async Task Edit_WhenThePictureIsTurnedByItsExif_SendsBothUpright()
    {
        var photo = Photo(640, 480).Png(PngFile.Chunk("eXIf", Quarter));

        await EditAsync("turned by exif", photo, Mask(480, 640));

        var call = Call("turned by exif");
        foreach (var part in call.Parts)
        {
            ((double)part.Width! / part.Height!.Value).ShouldBe(0.75, 0.02);
        }
    }

    [Fact]
    public async Task Edit_WhenTheMaskMarksNothing_IsRefusedBeforeAnybodyIsPaid()
    {
        using var form = EditClient.Form(Photo(64, 64).Png(), ("model", "openai/gpt-image-2"), ("prompt", "marks nothing"));
        form.Add(new ByteArrayContent(Png.Gradient()), "mask", "mask.png");
        using var client = EditClient.For(edge.Service);

        var (response, body) = await client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(400);
        ((string)body["error"]!["code"]!).ShouldBe("invalid_mask");
        ((string)body["error"]!["param"]!).ShouldBe("mask");
        edge.Simulator.Ledger.Read().Calls.ShouldNotContain(c => c.Fields.GetValueOrDefault("prompt") == "marks nothing");
    }

    [Fact]
    public async Task Outpainting_WhenTheCanvasGrows_KeepsThePictureInTheMiddle()
    {
        var source = Photo(512, 512);
        using var form = EditClient.Form(
            source.Png(), ("model", "openai/gpt-image-2"), ("prompt", "a wider view"), ("type", "outpainting"), ("size", "1024x1024"));
        using var client = EditClient.For(edge.Service);

        var (response, body) = await client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        var picture = Pixels.Decode(Convert.FromBase64String((string)body["data"]![0]!["b64_json"]!));
        (picture.Width, picture.Height).ShouldBe((1024, 1024));
        picture[256, 256].SequenceEqual(source[0, 0]).ShouldBeTrue();
        picture[512, 512].SequenceEqual(source[256, 256]).ShouldBeTrue();
        picture[767, 767].SequenceEqual(source[511, 511]).ShouldBeTrue();
    }

    private static IEnumerable<(double X, double Y)> Samples()
        => from x in Enumerable.Range(1, 19) from y in Enumerable.Range(1, 19) where x % 5 != 0 && y % 5 != 0 select (x / 20.0, y / 20.0);

    private static bool IsMarked(int x, int y, int width, int height)
        => x >= Area.Left * width && x < Area.Right * width && y >= Area.Top * height && y < Area.Bottom * height;

    private static (double Left, double Top, double Width, double Height) Fit(int width, int height, int frameWidth, int frameHeight)
    {
        var scale = Math.Min((double)frameWidth / width, (double)frameHeight / height);
        var (w, h) = (width * scale, height * scale);
        return ((frameWidth - w) / 2, (frameHeight - h) / 2, w, h);
    }

    private static Pixels Photo(int width, int height)
    {
        var pixels = new Pixels(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = pixels[x, y];
                (pixel[0], pixel[1], pixel[2], pixel[3]) = ((byte)(x * 7), (byte)(y * 5), (byte)(x + y), 255);
            }
        }

        return pixels;
    }

    private static byte[] Mask(int width, int height, string? polarity = null) => Png.Drawn(width, height, (x, y) =>
    {
        var marked = IsMarked(x, y, width, height);
        var level = marked == (polarity == "white") ? byte.MaxValue : (byte)0;
        return polarity is null ? ((byte)0, (byte)0, (byte)0, marked ? (byte)0 : byte.MaxValue) : (level, level, level, byte.MaxValue);
    });

    private Task<(JsonNode Body, Pixels Picture)> EditAsync(string prompt, Pixels source, byte[] mask, string? polarity = null)
        => EditAsync(prompt, source.Png(), mask, polarity);

    private async Task<(JsonNode Body, Pixels Picture)> EditAsync(string prompt, byte[] source, byte[] mask, string? polarity = null)
    {
        using var form = EditClient.Form(source, ("model", "openai/gpt-image-2"), ("prompt", prompt));
        form.Add(new ByteArrayContent(mask), "mask", "mask.png");
        if (polarity is not null)
        {
            form.Add(new StringContent(polarity), "mask_polarity");
        }

        using var client = EditClient.For(edge.Service);
        var (response, body) = await client.PostAsync(form);
        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        return (body, Pixels.Decode(Convert.FromBase64String((string)body["data"]![0]!["b64_json"]!)));
    }

    private CallRecord Call(string prompt) => edge.Simulator.Ledger.Read().Calls.Single(c => c.Fields.GetValueOrDefault("prompt") == prompt);
}
