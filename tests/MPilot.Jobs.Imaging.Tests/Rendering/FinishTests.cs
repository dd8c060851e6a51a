using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Tests.Inpainting;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

public sealed class FinishTests
{
    private static readonly PictureEncoding AsPng = new(PictureFormat.Png);

    [Fact]
    public async Task Finish_WhenNothingIsAsked_KeepsFormatAndPixels()
    {
        var picture = Drawn.Picture(30, 20);

        var (answer, drift) = await Rendered.FinishAsync(picture.Png(), new());

        Pixels.Decode(answer).Bytes.ShouldBe(picture.Bytes);
        drift.ShouldBeNull();
        Probing.Facts((await Rendered.FinishAsync(picture.Jpeg(90), new())).Answer).Format.ShouldBe(PictureFormat.Jpeg);
        Probing.Facts((await Rendered.FinishAsync(picture.Png(), new() { Encoding = new(PictureFormat.Webp, 50) })).Answer).Format.ShouldBe(PictureFormat.Webp);
    }

    [Fact]
    public async Task Finish_WhenDeliveredTurned_IsUpright()
    {
        var delivered = Drawn.Picture(30, 20).Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(6, bigEndian: true, prefixed: false)));

        var (answer, _) = await Rendered.FinishAsync(delivered, new() { Layout = Rendered.Identity(20, 30) });

        Pixels.Decode(answer).Bytes.ShouldBe(Pixels.Decode(delivered).Bytes);
        Probing.Facts(answer).Orientation.ShouldBe(1);
    }

    [Theory]
    [InlineData(30, 20, 20, 20, 5, 0)]
    [InlineData(20, 30, 20, 20, 0, 5)]
    [InlineData(31, 20, 20, 20, 5, 0)]
    public async Task Finish_WhenCroppedAtTheSameScale_CutsEvenly(int width, int height, int wanted, int high, int left, int top)
    {
        var picture = Drawn.Picture(width, height);

        var answer = Pixels.Decode((await Rendered.FinishAsync(picture.Png(), new() { Size = new(wanted, high), Fit = AnswerFit.Crop })).Answer);

        (answer.Width, answer.Height).ShouldBe((wanted, high));
        answer[0, 0].ToArray().ShouldBe(picture[left, top].ToArray());
        answer[wanted - 1, high - 1].ToArray().ShouldBe(picture[left + wanted - 1, top + high - 1].ToArray());
    }

    [Theory]
    [InlineData(7, 300, 64, 64)]
    [InlineData(300, 7, 64, 64)]
    [InlineData(1, 1, 50, 3)]
    [InlineData(1000, 1, 1, 40)]
    public async Task Finish_WhenProportionsAreFarApart_StillHasTheSize(int width, int height, int wanted, int high)
    {
        foreach (var fit in Enum.GetValues<AnswerFit>())
        {
            var (answer, _) = await Rendered.FinishAsync(Png.Gradient(width, height), new() { Size = new(wanted, high), Fit = fit });
            Probing.Facts(answer).Stored.ShouldBe(new(wanted, high));
        }
    }

    [Fact]
    public async Task Finish_WhenPadded_IsTransparentAroundOrWhiteInJpeg()
    {
        var picture = Drawn.Picture(20, 10).Jpeg(95);
        Finishing finishing = new() { Size = new(20, 20), Fit = AnswerFit.Pad, Encoding = AsPng };

        var png = Pixels.Decode((await Rendered.FinishAsync(picture, finishing)).Answer);
        var jpeg = Pixels.Decode((await Rendered.FinishAsync(picture, finishing with { Encoding = new(PictureFormat.Jpeg) })).Answer);

        png[10, 4].ToArray().ShouldBe([0, 0, 0, 0]);
        png[10, 15].ToArray().ShouldBe([0, 0, 0, 0]);
        png[3, 5].ToArray().ShouldBe(Pixels.Decode(picture)[3, 0].ToArray());
        jpeg[10, 1].ToArray().ShouldAllBe(channel => channel > 250);
    }

    [Fact]
    public async Task Finish_WhenDeliveredInAnyMultipleOfTheSentSize_FindsTheWindow()
    {
        var layout = new Layout(new(0, 0, 8, 8), new(8, 8), new(0, 0, 8, 8), new(12, 10), new(3, 1, 8, 8));
        foreach (var times in (int[])[1, 2, 3])
        {
            var delivered = Drawn.Of(12 * times, 10 * times, (x, y) => Drawn.In((3 * times, times, 8 * times, 8 * times), x, y) ? ((byte)10, (byte)200, (byte)30, (byte)255) : ((byte)255, (byte)0, (byte)0, (byte)255));

            var answer = Pixels.Decode((await Rendered.FinishAsync(delivered.Png(), new() { Layout = layout })).Answer);

            (answer.Width, answer.Height).ShouldBe((8, 8));
            answer.Bytes.Chunk(4).ShouldAllBe(pixel => pixel.SequenceEqual(new byte[] { 10, 200, 30, 255 }), $"times {times}");
        }
    }

    [Fact]
    public async Task Finish_WhenDeliveredInAnOddSize_PutsTheSourceWhereItWas()
    {
        var source = Drawn.Of(64, 64, (x, y) => ((byte)(x * 3), (byte)(y * 3), 90, 255));
        var layout = new Layout(new(0, 0, 64, 64), new(64, 64), new(0, 0, 64, 64), new(80, 96), new(8, 16, 64, 64));
        var sent = await Rendered.SourceAsync(source.Png(), new(AsPng, layout));
        var (delivered, _) = await Rendered.FinishAsync(sent, new() { Size = new(111, 133), Fit = AnswerFit.Crop });

        var (_, drift) = await Rendered.FinishAsync(delivered, new() { Layout = layout, PutBack = Rendered.Area(source.Png(), Drawn.Mask(64, 64, (60, 60, 2, 2)).Png()) });

        drift!.Changed.ShouldBe(0);
        drift.Mean.ShouldBeLessThan(0.1, "half a pixel of shift would be 0.75");
    }

    [Fact]
    public async Task Finish_WhenPuttingBack_IsExact()
    {
        var source = Drawn.Of(4, 1, (x, _) => ((byte)(10 * x), 100, 200, 255));
        var delivered = Drawn.Of(4, 1, (_, _) => (250, 50, 0, 255));

        var (answer, _) = await Rendered.FinishAsync(
            delivered.Png(), new() { Layout = Rendered.Identity(4, 1), PutBack = Rendered.Area(source.Png(), Rendered.Mask([0, 255, 100, 0])) });

        var pixels = Pixels.Decode(answer);
        pixels[0, 0].ToArray().ShouldBe([0, 100, 200, 255]);
        pixels[1, 0].ToArray().ShouldBe([250, 50, 0, 255]);
        pixels[2, 0].ToArray().ShouldBe([Mix(100, 250, 20), Mix(100, 50, 100), Mix(100, 0, 200), 255]);
        pixels[3, 0].ToArray().ShouldBe([30, 100, 200, 255]);
    }

    [Fact]
    public async Task Finish_WhenAlphaIsInvolved_WeighsColoursByIt()
    {
        var source = Drawn.Of(4, 1, (x, _) => (200, 10, 10, (byte)(x == 3 ? 0 : 51)));
        var delivered = Drawn.Of(4, 1, (x, _) => (0, 90, 250, (byte)(x == 3 ? 0 : 255)));

        var (answer, _) = await Rendered.FinishAsync(
            delivered.Png(), new() { Layout = Rendered.Identity(4, 1), PutBack = Rendered.Area(source.Png(), Rendered.Mask([0, 255, 51, 51])) });

        var pixels = Pixels.Decode(answer);
        pixels[0, 0].ToArray().ShouldBe([200, 10, 10, 51]);
        pixels[1, 0].ToArray().ShouldBe([0, 90, 250, 255]);

        // Weights 51 · 255 and 204 · 51: 5 of 9 and 4 of 9.
        pixels[2, 0].ToArray().ShouldBe([89, 54, 143, 92]);
        pixels[3, 0].ToArray().ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public async Task Finish_WhenMaskIsMissing_KeepsWhatIsOpaqueInTheSource()
    {
        var source = Drawn.Of(2, 1, (x, _) => (10, 20, 30, (byte)(x == 0 ? 255 : 0)));

        var (answer, drift) = await Rendered.FinishAsync(
            Drawn.Of(2, 1, (_, _) => (99, 99, 99, 255)).Png(), new() { Layout = Rendered.Identity(2, 1), PutBack = Rendered.Area(source.Png(), null) });

        Pixels.Decode(answer).Bytes.ShouldBe([10, 20, 30, 255, 99, 99, 99, 255]);
        drift.ShouldBe(new MaskDrift(1, (89 + 79 + 69 + 0) / 4d));
    }

    [Theory]
    [InlineData(PictureFormat.Png, null)]
    [InlineData(PictureFormat.Webp, null)]
    public async Task Finish_WhenEncodingKeepsPixels_EqualsTheSourceOutsideExactly(PictureFormat format, int? quality)
    {
        var source = Photographs.Square("Bridge_by_Sander_Klootwijk", 200);
        var delivered = Photographs.Square("Dragonfly_by_Bolly", 200);
        var hole = (X: 40, Y: 50, Width: 70, Height: 60);

        var (answer, drift) = await Rendered.FinishAsync(
            delivered.Png(),
            new() { Encoding = new(format, quality), Layout = Rendered.Identity(200, 200), PutBack = Rendered.Area(source.Png(), Drawn.Mask(200, 200, hole).Png()) });

        var pixels = Pixels.Decode(answer);
        Drawn.ChangedOutside(hole, pixels, source).ShouldBe(0);
        Inside(hole, pixels, delivered).ShouldBe(0);
        drift!.Changed.ShouldBeGreaterThan(0.5);
        drift.Mean.ShouldBe(Mean(hole, source, delivered), 1e-9);
    }

    [Fact]
    public async Task Finish_WhenEncodingIsLossy_IsNearTheSourceOutside()
    {
        var source = Photographs.Square("Bridge_by_Sander_Klootwijk", 200);
        var hole = (X: 40, Y: 50, Width: 70, Height: 60);
        foreach (var encoding in (PictureEncoding[])[new(PictureFormat.Jpeg, 90), new(PictureFormat.Webp, 90)])
        {
            var (answer, _) = await Rendered.FinishAsync(
                Png.Gradient(200, 200),
                new() { Encoding = encoding, Layout = Rendered.Identity(200, 200), PutBack = Rendered.Area(source.Jpeg(95), Drawn.Mask(200, 200, hole).Png()) });

            Mean(hole, source, Pixels.Decode(answer)).ShouldBeLessThan(5);
        }
    }

    [Fact]
    public async Task Finish_WhenScaledBack_KeepsTheSourcesOwnPixels()
    {
        // A part of a larger source, sent smaller and padded.
        var source = Drawn.Picture(90, 70);
        var layout = new Layout(new(10, 5, 60, 50), new(60, 50), new(0, 0, 60, 50), new(32, 32), new(1, 3, 30, 25));
        var hole = (X: 30, Y: 20, Width: 20, Height: 20);
        var sent = await Rendered.SourceAsync(source.Png(), new(AsPng, layout));

        var answer = Pixels.Decode((await Rendered.FinishAsync(
            sent, new() { Layout = layout, PutBack = Rendered.Area(source.Png(), Drawn.Mask(90, 70, hole).Png()) })).Answer);

        (answer.Width, answer.Height).ShouldBe((60, 50));
        for (var y = 0; y < 50; y++)
        {
            for (var x = 0; x < 60; x++)
            {
                if (!Drawn.In(hole, x + 10, y + 5))
                {
                    answer[x, y].ToArray().ShouldBe(source[x + 10, y + 5].ToArray());
                }
            }
        }
    }

    [Fact]
    public async Task Finish_WhenExtended_KeepsWhatWasInventedAndPutsTheSourceInPlace()
    {
        var source = Drawn.Picture(4, 4);
        var delivered = Drawn.Of(8, 6, (x, y) => ((byte)(x + 1), (byte)(y + 1), 3, 255));
        var layout = new Layout(new(0, 0, 4, 4), new(8, 6), new(2, 1, 4, 4), new(8, 6), new(0, 0, 8, 6));

        var answer = Pixels.Decode((await Rendered.FinishAsync(
            delivered.Png(), new() { Layout = layout, PutBack = Rendered.Area(source.Png(), Drawn.Mask(4, 4, (3, 3, 1, 1)).Png()) })).Answer);

        Drawn.ChangedOutside((2, 1, 4, 4), answer, delivered).ShouldBe(0);
        answer[2, 1].ToArray().ShouldBe(source[0, 0].ToArray());
        answer[5, 3].ToArray().ShouldBe(source[3, 2].ToArray());
        answer[5, 4].ToArray().ShouldBe(delivered[5, 4].ToArray());
    }

    [Fact]
    public async Task Finish_WhenKeptPixelsChanged_CountsThemAndTheirDifferences()
    {
        // Wider than a vector, and not a multiple of one: 8 is noise, 9 is a change; what is repainted does not count.
        var source = Drawn.Of(21, 1, (_, _) => (100, 100, 100, 255));
        var delivered = Drawn.Of(21, 1, (x, _) => x switch
        {
            2 => (108, 100, 92, 255),
            5 => (100, 109, 100, 255),
            19 => (0, 100, 100, 255),
            20 => (255, 0, 0, 255),
            _ => (100, 100, 100, 255),
        });
        var mask = Rendered.Mask([.. Enumerable.Repeat((byte)0, 20), 255]);

        var opaque = await DriftAsync(delivered, source, mask, opaque: true);
        var clear = await DriftAsync(delivered, source, mask, opaque: false);

        opaque.ShouldBe(new MaskDrift(2 / 20d, (8 + 8 + 9 + 100) / 20d / 3));
        clear.ShouldBe(new MaskDrift(2 / 20d, (8 + 8 + 9 + 100) / 20d / 4));
    }

    [Fact]
    public async Task Finish_WhenNothingIsKept_ThereIsNoDrift()
        => (await Rendered.FinishAsync(
            Png.Gradient(3, 1), new() { Layout = Rendered.Identity(3, 1), PutBack = Rendered.Area(Png.Gradient(3, 1), Rendered.Mask([255, 255, 1])) }))
            .Drift.ShouldBe(new MaskDrift(0, 0));

    [Fact]
    public async Task Finish_WhenThereIsNoLayoutToPutBackBy_Refuses()
        => await Should.ThrowAsync<ArgumentException>(
            () => Rendered.FinishAsync(Png.Gradient(3, 1), new() { PutBack = Rendered.Area(Png.Gradient(3, 1), null) }));

    private static async Task<MaskDrift> DriftAsync(Pixels delivered, Pixels source, byte[] mask, bool opaque)
    {
        // Without alpha in either header the alpha channel is none.
        byte[] Encoded(Pixels pixels) => opaque ? PngFile.Of(pixels.Width, pixels.Height, [.. pixels.Bytes.Chunk(4).SelectMany(pixel => pixel[..3])]) : pixels.Png();
        var area = Rendered.Area(Encoded(source), mask);
        return (await Rendered.FinishAsync(Encoded(delivered), new() { Layout = Rendered.Identity(source.Width, source.Height), PutBack = area })).Drift!;
    }

    private static byte Mix(int strength, int delivered, int source) => (byte)Math.Round(((strength * delivered) + ((255 - strength) * source)) / 255d);

    private static int Inside((int X, int Y, int Width, int Height) area, Pixels one, Pixels other)
        => Enumerable.Range(area.Y, area.Height)
            .Sum(y => Enumerable.Range(area.X, area.Width).Count(x => !one[x, y].SequenceEqual(other[x, y])));

    private static double Mean((int X, int Y, int Width, int Height) hole, Pixels one, Pixels other)
    {
        var (sum, count) = (0d, 0);
        for (var at = 0; at < one.Bytes.Length; at++)
        {
            if (!Drawn.In(hole, at / 4 % one.Width, at / 4 / one.Width))
            {
                sum += Math.Abs(one.Bytes[at] - other.Bytes[at]);
                count++;
            }
        }

        return sum / count;
    }
}
