using System.Buffers.Binary;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

public sealed class MaskRenderingTests
{
    private static readonly byte[] Source = Png.Gradient(4, 2);
    private static readonly byte[][] Soft = [[0, 1, 127, 128], [129, 200, 254, 255]];

    [Fact]
    public async Task RenderMask_WhenWhite_IsGreyAndSaysTheStrength()
    {
        var png = await DrawAsync(MaskForm.White);

        Rendered.ColourType(png).ShouldBe((byte)0);
        Rendered.Red(png).ShouldBe(Soft);
    }

    [Fact]
    public async Task RenderMask_WhenBlack_IsGreyAndInverse()
    {
        var png = await DrawAsync(MaskForm.Black);

        Rendered.ColourType(png).ShouldBe((byte)0);
        Rendered.Red(png).ShouldBe([[255, 254, 128, 127], [126, 55, 1, 0]]);
    }

    [Fact]
    public async Task RenderMask_WhenHard_HasTwoColoursParted128()
    {
        Rendered.Red(await DrawAsync(MaskForm.WhiteHard)).ShouldBe([[0, 0, 0, 255], [255, 255, 255, 255]]);
        Rendered.Red(await DrawAsync(MaskForm.BlackHard)).ShouldBe([[255, 255, 255, 0], [0, 0, 0, 0]]);
        Rendered.ColourType(await DrawAsync(MaskForm.WhiteHard)).ShouldBe((byte)0);
        Rendered.ColourType(await DrawAsync(MaskForm.BlackHard)).ShouldBe((byte)0);
    }

    [Fact]
    public async Task RenderMask_WhenAlpha_IsBlackWithTransparencyWhereItIsEdited()
    {
        var png = await DrawAsync(MaskForm.Alpha);

        Rendered.ColourType(png).ShouldBe((byte)6);
        Rendered.Alpha(png).ShouldBe([[255, 254, 128, 127], [126, 55, 1, 0]]);
        Rendered.Red(png).ShouldBe([[0, 0, 0, 0], [0, 0, 0, 0]]);
    }

    [Theory]
    [InlineData(MaskForm.Given)]
    [InlineData(MaskForm.SourceAlpha)]
    public async Task RenderMask_WhenFormIsNoPicture_Refuses(MaskForm form) => await Should.ThrowAsync<ArgumentException>(() => DrawAsync(form));

    [Fact]
    public async Task RenderMask_WhenThereIsNoMask_GoesByTheSourcesTransparency()
    {
        var source = Png.Drawn(2, 1, (x, _) => (1, 2, 3, (byte)(x == 0 ? 255 : 40)));

        Rendered.Red(await Rendered.MaskAsync(Rendered.Area(source, null), Rendered.Identity(2, 1), MaskForm.White)).ShouldBe([[0, 215]]);
    }

    [Theory]
    [InlineData(MaskPolarity.White, 0, 200)]
    [InlineData(MaskPolarity.Black, 255, 55)]
    public async Task RenderMask_WhenMaskIsOpaque_GoesByItsColours(MaskPolarity polarity, byte first, byte second)
    {
        var mask = Png.Drawn(2, 1, (x, _) => x == 0 ? ((byte)0, (byte)0, (byte)0, (byte)255) : ((byte)200, (byte)200, (byte)200, (byte)255));

        Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(2, 1), mask, polarity), Rendered.Identity(2, 1), MaskForm.White))
            .ShouldBe([[first, second]]);
    }

    [Fact]
    public async Task RenderMask_WhenMaskHasTransparencyAndAPolarity_GoesByTransparency()
        => Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Source, Rendered.Mask(Soft), MaskPolarity.Black), Rendered.Identity(4, 2), MaskForm.White))
            .ShouldBe(Soft);

    [Fact]
    public async Task RenderMask_WhenMaskIsStoredInOtherWays_ReadsTheSame()
    {
        byte[] strengths = [0, 100, 255];
        byte[][] masks =
        [
            Raw(3, depth: 16, colour: 6, [.. strengths.SelectMany(s => new byte[] { 1, 1, 2, 2, 3, 3, (byte)(255 - s), (byte)(255 - s) })]),
            Raw(3, depth: 8, colour: 4, [.. strengths.SelectMany(s => new byte[] { 77, (byte)(255 - s) })]),
            Raw(3, depth: 16, colour: 4, [.. strengths.SelectMany(s => new byte[] { 7, 7, (byte)(255 - s), (byte)(255 - s) })]),
            Raw(3, depth: 8, colour: 3, [0, 1, 2], PngFile.Chunk("PLTE", new byte[9]), PngFile.Chunk("tRNS", [255, 155, 0])),
        ];

        foreach (var mask in masks)
        {
            Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(3, 1), mask), Rendered.Identity(3, 1), MaskForm.White)).ShouldBe([strengths]);
        }
    }

    [Fact]
    public async Task RenderMask_WhenOpaqueMaskIsStoredInOtherWays_ReadsTheSame()
    {
        byte[] strengths = [0, 100, 255];
        byte[][] masks =
        [
            Raw(3, depth: 8, colour: 0, strengths),
            Raw(3, depth: 16, colour: 0, [.. strengths.SelectMany(s => new[] { s, s })]),
            Raw(3, depth: 16, colour: 2, [.. strengths.SelectMany(s => new[] { s, s, s, s, s, s })]),
            Raw(3, depth: 8, colour: 3, [0, 1, 2], PngFile.Chunk("PLTE", [0, 0, 0, 100, 100, 100, 255, 255, 255])),
        ];

        foreach (var mask in masks)
        {
            Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(3, 1), mask, MaskPolarity.White), Rendered.Identity(3, 1), MaskForm.White))
                .ShouldBe([strengths]);
        }
    }

    [Theory]
    [InlineData(1, new byte[] { 1, 2, 3 }, new byte[] { 4, 5, 6 })]
    [InlineData(2, new byte[] { 3, 2, 1 }, new byte[] { 6, 5, 4 })]
    [InlineData(3, new byte[] { 6, 5, 4 }, new byte[] { 3, 2, 1 })]
    [InlineData(4, new byte[] { 4, 5, 6 }, new byte[] { 1, 2, 3 })]
    [InlineData(5, new byte[] { 1, 4 }, new byte[] { 2, 5 }, new byte[] { 3, 6 })]
    [InlineData(6, new byte[] { 4, 1 }, new byte[] { 5, 2 }, new byte[] { 6, 3 })]
    [InlineData(7, new byte[] { 6, 3 }, new byte[] { 5, 2 }, new byte[] { 4, 1 })]
    [InlineData(8, new byte[] { 3, 6 }, new byte[] { 2, 5 }, new byte[] { 1, 4 })]
    public async Task RenderMask_WhenMaskItselfIsStoredTurned_TurnsIt(ushort orientation, params byte[][] expected)
    {
        var stored = new Pixels(3, 2);
        for (var at = 0; at < 6; at++)
        {
            stored.Bytes[(at * 4) + 3] = (byte)(255 - 1 - at);
        }

        var mask = stored.Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(orientation, bigEndian: true, prefixed: false)));
        var (width, height) = (expected[0].Length, expected.Length);

        Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(width, height), mask), Rendered.Identity(width, height), MaskForm.White))
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData(5, new byte[] { 1, 4 }, new byte[] { 2, 5 }, new byte[] { 3, 6 })]
    [InlineData(6, new byte[] { 4, 1 }, new byte[] { 5, 2 }, new byte[] { 6, 3 })]
    [InlineData(7, new byte[] { 6, 3 }, new byte[] { 5, 2 }, new byte[] { 4, 1 })]
    [InlineData(8, new byte[] { 3, 6 }, new byte[] { 2, 5 }, new byte[] { 1, 4 })]
    public async Task RenderMask_WhenMaskIsOfTheStoredSize_TurnsItWithTheSource(ushort orientation, params byte[][] expected)
    {
        var source = new Pixels(3, 2).Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(orientation, bigEndian: false, prefixed: false)));
        var mask = Rendered.Mask([1, 2, 3], [4, 5, 6]);

        Rendered.Red(await Rendered.MaskAsync(Rendered.Area(source, mask), Rendered.Identity(2, 3), MaskForm.White)).ShouldBe(expected);
    }

    [Fact]
    public async Task RenderMask_WhenMaskIsOfTheSizeSeen_DoesNotTurnIt()
    {
        var source = new Pixels(3, 2).Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(6, bigEndian: false, prefixed: false)));
        byte[][] strengths = [[1, 2], [3, 4], [5, 6]];

        Rendered.Red(await Rendered.MaskAsync(Rendered.Area(source, Rendered.Mask(strengths)), Rendered.Identity(2, 3), MaskForm.White)).ShouldBe(strengths);
    }

    [Fact]
    public async Task RenderMask_WhenOfAnotherSize_NamesBoth()
    {
        var drawing = Rendered.MaskAsync(Rendered.Area(Png.Gradient(40, 30), Png.Gradient(30, 41)), Rendered.Identity(40, 30), MaskForm.White);

        var message = (await drawing.ShouldThrowAsync<EditImpossibleException>()).Message;
        message.ShouldContain("30x41");
        message.ShouldContain("40x30");
    }

    [Fact]
    public async Task RenderMask_WhenPadded_KeepsThePadding()
    {
        var whole = PictureArea.Whole(new(4, 2));
        var layout = new Layout(whole, whole.Size, whole, new(6, 4), new(1, 1, 4, 2));

        Rendered.Red(await DrawAsync(MaskForm.White, layout))
            .ShouldBe([[0, 0, 0, 0, 0, 0], [0, 0, 1, 127, 128, 0], [0, 129, 200, 254, 255, 0], [0, 0, 0, 0, 0, 0]]);
        Rendered.Alpha(await DrawAsync(MaskForm.Alpha, layout))[0].ShouldBe([255, 255, 255, 255, 255, 255]);
    }

    [Fact]
    public async Task RenderMask_WhenExtended_RepaintsWhatIsInventedAndKeepsThePadding()
    {
        var layout = new Layout(new(1, 0, 2, 2), new(4, 2), new(2, 0, 2, 2), new(4, 3), new(0, 0, 4, 2));

        Rendered.Red(await DrawAsync(MaskForm.White, layout)).ShouldBe([[255, 255, 1, 127], [255, 255, 200, 254], [0, 0, 0, 0]]);
        Rendered.Red(await DrawAsync(MaskForm.BlackHard, layout)).ShouldBe([[0, 0, 255, 255], [0, 0, 0, 0], [255, 255, 255, 255]]);
    }

    [Fact]
    public async Task RenderMask_WhenScaled_StaysExactAwayFromEdgesAndSoftAtThem()
    {
        var mask = Rendered.Mask([.. Enumerable.Repeat((byte[])[.. Enumerable.Repeat((byte)0, 8), .. Enumerable.Repeat((byte)255, 8)], 16)]);
        foreach (var side in (int[])[5, 8, 11, 16, 23, 64])
        {
            var layout = Scaled(16, side);

            var row = Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(16, 16), mask), layout, MaskForm.White))[side / 2];
            var hard = Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(16, 16), mask), layout, MaskForm.WhiteHard))[side / 2];

            row.ShouldBe(row.Order().ToArray(), $"no overshoot at {side}");
            row.Count(strength => strength is > 0 and < 255).ShouldBeLessThanOrEqualTo(Math.Max(1, (side + 15) / 16 * 2));
            (row[0], row[^1]).ShouldBe(((byte)0, (byte)255));
            hard.ShouldBe(row.Select(strength => strength >= 128 ? (byte)255 : (byte)0).ToArray());
        }
    }

    [Fact]
    public async Task RenderMask_WhenHalved_WeighsByNearness()
    {
        var mask = Rendered.Mask([0, 0, 200, 200], [0, 0, 200, 200], [0, 0, 200, 200], [0, 0, 200, 200]);

        var drawn = Rendered.Red(await Rendered.MaskAsync(Rendered.Area(Png.Gradient(4, 4), mask), Scaled(4, 2), MaskForm.White));

        // A triangle as wide as two pixels of the result: 1, 3, 3 and 1 eighths.
        drawn.ShouldBe([[25, 175], [25, 175]]);
    }

    [Fact]
    public async Task Measure_WhenMaskIsSoft_FindsLeastAndGreatest()
    {
        (await MeasureAsync(Rendered.Mask(Soft))).ShouldBe(new StrengthRange(0, 255));
        (await MeasureAsync(Rendered.Mask([7, 9, 9, 9], [9, 9, 200, 9]))).ShouldBe(new StrengthRange(7, 200));
        (await MeasureAsync(Png.Gradient(4, 2))).ShouldBe(new StrengthRange(0, 0));
        (await MeasureAsync(null)).ShouldBe(new StrengthRange(0, 0));
        await Should.ThrowAsync<EditImpossibleException>(() => MeasureAsync(Png.Gradient(4, 3)));
    }

    private static Task<StrengthRange> MeasureAsync(byte[]? mask) => Rendered.Renderer.MeasureAsync(Rendered.Area(Source, mask), CancellationToken.None);

    private static Layout Scaled(int from, int to)
    {
        var whole = PictureArea.Whole(new(from, from));
        return new(whole, whole.Size, whole, new(to, to), PictureArea.Whole(new(to, to)));
    }

    private static Task<byte[]> DrawAsync(MaskForm form, Layout? layout = null)
        => Rendered.MaskAsync(Rendered.Area(Source, Rendered.Mask(Soft)), layout ?? Rendered.Identity(4, 2), form);

    /// <summary>A png of one row whose bytes are given, of any depth and kind of colour.</summary>
    private static byte[] Raw(int width, byte depth, byte colour, byte[] row, params byte[][] extra)
    {
        var png = PngFile.Of(width, 1, row, extra);
        byte[] header = PngFile.Ihdr((uint)width, 1, depth, colour);
        header.CopyTo(png, 8);
        BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(16)).ShouldBe((uint)width);
        return png;
    }
}
