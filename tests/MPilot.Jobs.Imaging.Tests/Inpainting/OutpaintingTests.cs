using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Tests.Kit;

using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Inpainting;

public sealed class OutpaintingTests
{
    [Fact]
    public async Task Outpaint_WhenCanvasIsLarger_KeepsThePictureInItsMiddleAndFillsTheRest()
    {
        var picture = Drawn.Picture(120, 80);

        var extended = Pixels.Decode(await Editing.OutpaintAsync(picture.Png(), new(180, 140)));

        (extended.Width, extended.Height).ShouldBe((180, 140));
        for (var y = 0; y < 80; y++)
        {
            extended.Bytes.AsSpan((((y + 30) * 180) + 30) * 4, 120 * 4).SequenceEqual(picture.Bytes.AsSpan(y * 120 * 4, 120 * 4)).ShouldBeTrue();
        }

        Enumerable.Range(0, 180 * 140).ShouldAllBe(i => extended.Bytes[(i * 4) + 3] == 255);
        extended[2, 2].ToArray().ShouldNotBe(new byte[] { 0, 0, 0, 255 });
    }

    [Fact]
    public async Task Outpaint_WhenOneSideIsTooSmall_ScalesThePictureDownFirst()
    {
        var picture = Drawn.Of(200, 100, (_, _) => (70, 140, 210, 255));

        var extended = Pixels.Decode(await Editing.OutpaintAsync(picture.Png(), new(120, 120)));

        extended.Bytes.ShouldBe(Drawn.Of(120, 120, (_, _) => (70, 140, 210, 255)).Bytes);
    }

    [Fact]
    public async Task Outpaint_WhenStoredTurned_ExtendsItUpright()
    {
        var picture = Drawn.Picture(60, 40).Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(6, bigEndian: true, prefixed: false)));
        var seen = Pixels.Decode(picture);

        var extended = Pixels.Decode(await Editing.OutpaintAsync(picture, new(60, 60)));

        extended[10 + 7, 9].ToArray().ShouldBe(seen[7, 9].ToArray());
    }

    [Fact]
    public async Task Outpaint_WhenPictureHasAlpha_KeepsItInside()
    {
        var picture = Drawn.Picture(60, 40);
        picture[20, 20][3] = 0;

        var extended = Pixels.Decode(await Editing.OutpaintAsync(picture.Png(), new(100, 40)));

        extended[40, 20][3].ShouldBe((byte)0);
        extended[1, 20][3].ShouldBe((byte)255);
    }

    [Fact]
    public async Task Outpaint_WhenPatternRepeats_GoesOnWithItOnAllSides()
    {
        var whole = Drawn.Of(240, 180, (x, y) => (x / 8 % 2 == 0 ? (byte)220 : (byte)30, (byte)100, y / 10 % 2 == 0 ? (byte)200 : (byte)20, 255));
        var middle = Drawn.Of(160, 120, (x, y) => (whole[x + 40, y + 30][0], whole[x + 40, y + 30][1], whole[x + 40, y + 30][2], 255));

        var extended = Pixels.Decode(await Editing.OutpaintAsync(middle.Png(), new(240, 180)));

        var inside = Drawn.HoleOf((40, 30, 160, 120), 240, 180);
        Quality.Psnr(whole, extended, [.. inside.Select(known => !known)]).ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task Outpaint_WhenPictureLiesInLayers_KeepsThemAtTheirHeight()
    {
        var dice = new Random(5);
        var picture = Drawn.Of(160, 120, (_, y) => y < 70
            ? ((byte)dice.Next(60, 80), (byte)dice.Next(110, 130), (byte)dice.Next(200, 220), (byte)255)
            : ((byte)dice.Next(60, 120), (byte)dice.Next(130, 190), (byte)dice.Next(20, 60), (byte)255));

        var extended = Pixels.Decode(await Editing.OutpaintAsync(picture.Png(), new(240, 180)));

        for (var i = 0; i < 240 * 180; i++)
        {
            var (x, y) = (i % 240, i / 240);
            var bluer = extended[x, y][2] > extended[x, y][1];
            (bluer == y < 30 + 70 || Math.Abs(y - 30 - 70) < 6).ShouldBeTrue($"at {x}, {y}");
        }
    }

    [Fact]
    public async Task Outpaint_WhenPictureIsClear_SaysThereIsNothingToFillFrom()
        => await Should.ThrowAsync<EditImpossibleException>(() => Editing.OutpaintAsync(new Pixels(30, 30).Png(), new(60, 60)));

    [Fact]
    public async Task Outpaint_WhenPictureIsOnePixel_SpreadsIt()
    {
        var extended = Pixels.Decode(await Editing.OutpaintAsync(Drawn.Of(1, 1, (_, _) => (9, 99, 199, 255)).Png(), new(20, 9)));

        extended[0, 0].ToArray().ShouldBe(new byte[] { 9, 99, 199, 255 });
        extended[19, 8].ToArray().ShouldBe(new byte[] { 9, 99, 199, 255 });
    }

    [Fact]
    public async Task Outpaint_WhenJpegIsAsked_AnswersItUnlessThePictureHasAlpha()
    {
        var answer = await Editing.OutpaintAsync(Drawn.Picture(60, 40).Jpeg(90), new(80, 80), new(PictureFormat.Jpeg, 0));

        Probing.Facts(answer).ShouldBe(new PictureFacts(PictureFormat.Jpeg, new(80, 80), 1, HasAlpha: false, 1));
        await Should.ThrowAsync<ArgumentException>(() => Editing.OutpaintAsync(Drawn.Picture(60, 40).Png(), new(80, 80), new(PictureFormat.Jpeg)));
    }
}
