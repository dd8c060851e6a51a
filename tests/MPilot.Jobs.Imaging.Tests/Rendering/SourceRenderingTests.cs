using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Tests.Inpainting;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

public sealed class SourceRenderingTests
{
    private static readonly PictureEncoding AsPng = new(PictureFormat.Png);

    [Fact]
    public async Task RenderSource_WhenNothingIsToBeDone_CopiesEveryPixel()
    {
        var opaque = Drawn.Picture(31, 17);
        var clear = Drawn.Of(31, 17, (x, y) => ((byte)(x * 8), (byte)(y * 15), 77, (byte)((x + y) * 5)));

        foreach (var picture in (Pixels[])[opaque, clear])
        {
            Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng))).Bytes.ShouldBe(picture.Bytes);
            Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, Rendered.Identity(31, 17)))).Bytes.ShouldBe(picture.Bytes);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task RenderSource_WhenStoredTurned_IsUprightWithoutMetadata(ushort orientation)
    {
        var stored = Drawn.Picture(20, 10).Png(
            PngFile.Chunk("eXIf", HandmadePictures.Exif(orientation, bigEndian: true, prefixed: false)), PngFile.Chunk("tEXt", [.. "Author\0me"u8]));

        var drawn = await Rendered.SourceAsync(stored, new(AsPng));

        Probing.Facts(drawn).ShouldBe(new PictureFacts(PictureFormat.Png, Probing.Facts(stored).Oriented, 1, HasAlpha: true, 1));
        Pixels.Decode(drawn).Bytes.ShouldBe(Pixels.Decode(stored).Bytes);
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Webp)]
    public async Task RenderSource_WhenSourceSaysWhoAndWhere_SaysNothingOfIt(PictureFormat format)
    {
        var jpeg = Drawn.Picture(200, 100).Jpeg(90);
        byte[] source = [.. jpeg[..2], .. HandmadePictures.Segment(0xE1, HandmadePictures.Exif(6, bigEndian: true, prefixed: true)), .. jpeg[2..]];

        var drawn = await Rendered.SourceAsync(source, new(new(format)));

        Probing.Facts(drawn).ShouldBe(new PictureFacts(format, new(100, 200), 1, HasAlpha: false, 1));
        Pixels.Decode(drawn).Height.ShouldBe(200);
    }

    [Fact]
    public async Task RenderSource_WhenCropped_IsThatPart()
    {
        var picture = Drawn.Picture(20, 10);
        var layout = new Layout(new(3, 2, 8, 6), new(8, 6), new(0, 0, 8, 6), new(8, 6), new(0, 0, 8, 6));

        var drawn = Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, layout)));

        drawn[0, 0].ToArray().ShouldBe(picture[3, 2].ToArray());
        drawn[7, 5].ToArray().ShouldBe(picture[10, 7].ToArray());
    }

    [Fact]
    public async Task RenderSource_WhenPadded_ContinuesTheRim()
    {
        var picture = Drawn.Picture(4, 3);
        var whole = PictureArea.Whole(new(4, 3));
        var layout = new Layout(whole, whole.Size, whole, new(8, 6), new(2, 1, 4, 3));

        var drawn = Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, layout)));

        for (var y = 0; y < 6; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                drawn[x, y].ToArray().ShouldBe(picture[Math.Clamp(x - 2, 0, 3), Math.Clamp(y - 1, 0, 2)].ToArray());
            }
        }
    }

    [Fact]
    public async Task RenderSource_WhenExtendedAndPadded_PlacesItExactly()
    {
        var picture = Drawn.Picture(4, 4);
        var layout = new Layout(new(1, 1, 2, 2), new(4, 2), new(1, 0, 2, 2), new(4, 4), new(0, 1, 4, 2));

        var drawn = Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, layout)));

        drawn[1, 1].ToArray().ShouldBe(picture[1, 1].ToArray());
        drawn[2, 2].ToArray().ShouldBe(picture[2, 2].ToArray());
        drawn[0, 0].ToArray().ShouldBe(picture[1, 1].ToArray());
        drawn[3, 3].ToArray().ShouldBe(picture[2, 2].ToArray());
    }

    [Fact]
    public async Task RenderSource_WhenAreaIsTransparent_KeepsColoursAndInverseStrength()
    {
        var picture = Drawn.Picture(3, 1);
        var area = Rendered.Area(picture.Png(), Rendered.Mask([0, 100, 255]));

        var drawn = Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, null, area)));

        Rendered.Channel(drawn, 3).ShouldBe([[255, 155, 0]]);
        drawn[1, 0][..3].ToArray().ShouldBe(picture[1, 0][..3].ToArray());
        drawn[2, 0][..3].ToArray().ShouldBe(picture[2, 0][..3].ToArray());
    }

    [Fact]
    public async Task RenderSource_WhenAreaIsTransparentAndExtended_InventsTransparencyAndKeepsPadding()
    {
        var picture = Drawn.Picture(2, 1);
        var layout = new Layout(new(0, 0, 2, 1), new(3, 1), new(1, 0, 2, 1), new(3, 2), new(0, 0, 3, 1));

        var drawn = await Rendered.SourceAsync(picture.Png(), new(AsPng, layout, Rendered.Area(picture.Png(), Rendered.Mask([0, 60]))));

        Rendered.Alpha(drawn).ShouldBe([[0, 255, 195], [255, 255, 255]]);
    }

    [Fact]
    public async Task RenderSource_WhenSourceHasTransparencyOfItsOwn_SaysOnlyWhatTheMaskSays()
    {
        var picture = Drawn.Of(2, 1, (x, _) => (10, 20, 30, (byte)(x == 0 ? 0 : 255)));

        var drawn = Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, null, Rendered.Area(picture.Png(), Rendered.Mask([0, 255])))));
        var own = Pixels.Decode(await Rendered.SourceAsync(picture.Png(), new(AsPng, null, Rendered.Area(picture.Png(), null))));

        drawn[0, 0].ToArray().ShouldBe([255, 255, 255, 255]);
        drawn[1, 0].ToArray().ShouldBe([10, 20, 30, 0]);
        own.Bytes.ShouldBe(picture.Bytes);
    }

    [Fact]
    public async Task RenderSource_WhenScaled_KeepsPlainColoursAndWeighsThemByAlpha()
    {
        var plain = Drawn.Of(30, 30, (_, _) => (255, 13, 130, 255));
        var edge = Drawn.Of(32, 32, (x, _) => x < 16 ? ((byte)200, (byte)40, (byte)10, (byte)255) : ((byte)0, (byte)255, (byte)0, (byte)0));

        foreach (var side in (int[])[7, 15, 29, 31, 100])
        {
            Pixels.Decode(await Rendered.SourceAsync(plain.Png(), new(AsPng, Scaled(30, side)))).Bytes.Chunk(4).ShouldAllBe(pixel => pixel.SequenceEqual(new byte[] { 255, 13, 130, 255 }));
            Pixels.Decode(await Rendered.SourceAsync(edge.Png(), new(AsPng, Scaled(32, side)))).Bytes.Chunk(4).Where(pixel => pixel[3] > 60)
                .ShouldAllBe(pixel => Math.Abs(pixel[0] - 200) < 3 && Math.Abs(pixel[1] - 40) < 3, "nothing of what cannot be seen shows");
        }
    }

    [Fact]
    public async Task RenderSource_WhenJpegIsAsked_LaysTransparencyOnWhite()
    {
        var clear = Drawn.Of(16, 16, (_, _) => (0, 0, 0, 0));

        var drawn = await Rendered.SourceAsync(clear.Png(), new(new(PictureFormat.Jpeg)));

        Probing.Facts(drawn).HasAlpha.ShouldBeFalse();
        Pixels.Decode(drawn)[8, 8].ToArray().ShouldBe([255, 255, 255, 255]);
    }

    [Fact]
    public async Task RenderSource_WhenMaskOfAreaIsOfAnotherSize_SaysSo()
        => await Should.ThrowAsync<EditImpossibleException>(
            () => Rendered.SourceAsync(Png.Gradient(8, 8), new(AsPng, null, Rendered.Area(Png.Gradient(8, 8), Png.Gradient(8, 9)))));

    private static Layout Scaled(int from, int to)
    {
        var whole = PictureArea.Whole(new(from, from));
        return new(whole, whole.Size, whole, new(to, to), PictureArea.Whole(new(to, to)));
    }
}
