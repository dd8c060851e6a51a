using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.BackgroundRemoval;
using MPilot.Jobs.Tests.Kit;

using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Inpainting;

public sealed class InpaintingTests
{
    private static readonly (int X, int Y, int Width, int Height) Hole = (40, 30, 30, 24);

    [Theory]
    [InlineData(40, 30)]
    [InlineData(0, 0)]
    [InlineData(90, 56)]
    public async Task Inpaint_WhenMaskMarksAnArea_ChangesNothingElseAndForgetsWhatWasThere(int x, int y)
    {
        var hole = Hole with { X = x, Y = y };
        var picture = Drawn.Picture(120, 80);
        var spoilt = Drawn.Of(120, 80, (px, py) => Drawn.In(hole, px, py) ? ((byte)255, (byte)0, (byte)255, (byte)255) : Colour(picture, px, py));
        var mask = Drawn.Mask(120, 80, hole);

        var filled = await Editing.InpaintAsync(spoilt, mask);

        Drawn.ChangedOutside(hole, filled, picture).ShouldBe(0);
        (await Editing.InpaintAsync(picture, mask)).Bytes.ShouldBe(filled.Bytes, "nothing of what is masked shows");
        filled[x + 15, y + 12][0].ShouldBeLessThan((byte)200);
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(7, 9)]
    [InlineData(5, 6)]
    [InlineData(3, 4)]
    public async Task Inpaint_WhenPatternRepeats_GoesOnWithItExactly(int across, int down)
    {
        var picture = Drawn.Of(160, 120, (x, y) => (x / across % 2 == 0 ? (byte)220 : (byte)30, (byte)100, y / down % 2 == 0 ? (byte)200 : (byte)20, 255));

        var filled = await Editing.InpaintAsync(picture, Drawn.Mask(160, 120, (60, 40, 36, 36)));

        filled.Bytes.ShouldBe(picture.Bytes);
    }

    [Fact]
    public async Task Inpaint_WhenMaskIsSoft_BlendsByItsStrength()
    {
        var picture = Drawn.Picture(120, 80);

        var whole = await Editing.InpaintAsync(picture, Drawn.Mask(120, 80, Hole));
        var half = await Editing.InpaintAsync(picture, Drawn.Mask(120, 80, Hole, strength: 102));

        for (var x = 40; x < 70; x++)
        {
            var expected = (picture[x, 42][2] * 0.6) + (whole[x, 42][2] * 0.4);
            ((double)half[x, 42][2]).ShouldBe(expected, 1.01);
        }
    }

    [Fact]
    public async Task Inpaint_WhenPictureHasAlpha_KeepsItOutsideAndIsOpaqueInside()
    {
        var picture = Drawn.Picture(120, 80);
        for (var x = 0; x < 120; x++)
        {
            picture[x, 5][3] = 90;
            picture[x, 40][3] = 0;
        }

        var filled = await Editing.InpaintAsync(picture, Drawn.Mask(120, 80, Hole));

        Drawn.ChangedOutside(Hole, filled, picture).ShouldBe(0);
        filled[10, 40][3].ShouldBe((byte)0);
        filled[50, 40][3].ShouldBe((byte)255);
    }

    [Theory]
    [InlineData(MaskPolarity.White, 255)]
    [InlineData(MaskPolarity.Black, 0)]
    public async Task Inpaint_WhenMaskHasNoAlpha_GoesByItsColour(MaskPolarity polarity, byte edited)
    {
        var picture = Drawn.Picture(120, 80);
        var kept = (byte)(255 - edited);
        var mask = Drawn.Of(120, 80, (x, y) => Drawn.In(Hole, x, y) ? (edited, edited, edited, (byte)255) : (kept, kept, kept, (byte)255));

        var filled = await Editing.InpaintAsync(picture, mask, polarity);

        filled.Bytes.ShouldBe((await Editing.InpaintAsync(picture, Drawn.Mask(120, 80, Hole))).Bytes);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(6, false)]
    [InlineData(3, true)]
    [InlineData(8, false)]
    public async Task Inpaint_WhenPictureIsStoredTurned_MasksItAsSeenOrAsStored(ushort orientation, bool asSeen)
    {
        var stored = Drawn.Picture(120, 80);
        var picture = stored.Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(orientation, bigEndian: true, prefixed: false)));
        var seen = Pixels.Decode(picture);
        var hole = (X: 10, Y: 20, Width: 20, Height: 12);
        var mask = asSeen ? Drawn.Mask(seen.Width, seen.Height, hole) : Drawn.Mask(120, 80, hole);

        var filled = Pixels.Decode(await Editing.InpaintAsync(picture, mask.Png()));

        var expected = (orientation, asSeen) switch
        {
            (6, false) => (X: 80 - 20 - 12, Y: 10, Width: 12, Height: 20),
            (8, false) => (X: 20, Y: 120 - 10 - 20, Width: 12, Height: 20),
            _ => hole,
        };
        (filled.Width, filled.Height).ShouldBe((seen.Width, seen.Height));
        Drawn.ChangedOutside(expected, filled, seen).ShouldBe(0);
        Drawn.ChangedOutside((0, 0, 0, 0), filled, seen).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Inpaint_WhenDoneAgain_AnswersTheSameBytes()
    {
        var (picture, mask) = (Drawn.Picture(200, 150).Png(), Drawn.Mask(200, 150, (30, 30, 90, 80)).Png());

        (await Editing.InpaintAsync(picture, mask)).ShouldBe(await Editing.InpaintAsync(picture, mask));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Inpaint_WhenPictureIsTiny_FillsFromWhatThereIs(int side)
    {
        var picture = Drawn.Of(side, side, (_, _) => (40, 90, 160, 255));
        var spoilt = Drawn.Of(side, side, (x, y) => x + y == 0 ? ((byte)255, (byte)255, (byte)255, (byte)255) : ((byte)40, (byte)90, (byte)160, (byte)255));

        (await Editing.InpaintAsync(spoilt, Drawn.Mask(side, side, (0, 0, 1, 1)))).Bytes.ShouldBe(picture.Bytes);
    }

    [Fact]
    public async Task Inpaint_WhenHoleLeavesOnlyALine_FillsFromIt()
    {
        var picture = Drawn.Of(60, 40, (_, y) => y == 0 ? ((byte)10, (byte)200, (byte)30, (byte)255) : ((byte)9, (byte)9, (byte)9, (byte)255));

        var filled = await Editing.InpaintAsync(picture, Drawn.Mask(60, 40, (0, 1, 60, 39)));

        filled[30, 39].ToArray().ShouldBe(new byte[] { 10, 200, 30, 255 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Inpaint_WhenHoleIsEverything_SaysThereIsNothingToFillFrom(int side)
    {
        var editing = Editing.InpaintAsync(Drawn.Picture(side, side), Drawn.Mask(side, side, (0, 0, side, side)));

        (await editing.ShouldThrowAsync<EditImpossibleException>()).Message.ShouldContain("nothing to fill from");
    }

    [Fact]
    public async Task Inpaint_WhenMaskMarksNothing_SaysSo()
    {
        var editing = Editing.InpaintAsync(Drawn.Picture(40, 40), Drawn.Mask(40, 40, Hole, strength: 7));

        (await editing.ShouldThrowAsync<EditImpossibleException>()).Message.ShouldContain("marks nothing");
    }

    [Fact]
    public async Task Inpaint_WhenMaskIsOfAnotherSize_SaysBothSizes()
    {
        var editing = Editing.InpaintAsync(Drawn.Picture(40, 30), Drawn.Mask(30, 41, (0, 0, 9, 9)));

        var message = (await editing.ShouldThrowAsync<EditImpossibleException>()).Message;
        message.ShouldContain("30x41");
        message.ShouldContain("40x30");
    }

    [Fact]
    public async Task Inpaint_WhenMaskIsDamaged_SaysUndecodable()
    {
        var mask = Drawn.Mask(120, 80, Hole).Png();
        mask[^40] ^= 0xFF;

        await Should.ThrowAsync<PictureUndecodableException>(() => Editing.InpaintAsync(Drawn.Picture(120, 80).Png(), mask));
    }

    [Fact]
    public async Task Inpaint_WhenPictureIsLarge_FillsAtReducedScaleAndKeepsTheRestExactly()
    {
        var hole = (X: 900, Y: 701, Width: 333, Height: 257);
        var picture = Drawn.Of(2401, 1803, (x, y) => ((byte)(x / 6 % 2 == 0 ? 200 : 60), (byte)(y / 9 % 2 == 0 ? 180 : 40), (byte)90, (byte)255));

        var filled = await Editing.InpaintAsync(picture, Drawn.Mask(2401, 1803, hole));

        Drawn.ChangedOutside(hole, filled, picture).ShouldBe(0);
        Quality.Psnr(picture, filled, Drawn.HoleOf(hole, 2401, 1803)).ShouldBeGreaterThan(15, "the pattern goes on with its fine detail");
    }

    [Fact]
    public async Task Inpaint_WhenOtherEncodingsAreAsked_AnswersThem()
    {
        var picture = Drawn.Picture(120, 80).Jpeg(95);
        var mask = Drawn.Mask(120, 80, Hole).Png();

        Probing.Facts(await Editing.InpaintAsync(picture, mask, encoding: new(PictureFormat.Jpeg, 80)))
            .ShouldBe(new PictureFacts(PictureFormat.Jpeg, new(120, 80), 1, HasAlpha: false, 1));
        Probing.Facts(await Editing.InpaintAsync(picture, mask, encoding: new(PictureFormat.Webp)))
            .ShouldBe(new PictureFacts(PictureFormat.Webp, new(120, 80), 1, HasAlpha: false, 1));
        Probing.Facts(await Editing.InpaintAsync(picture, mask)).HasAlpha.ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(() => Editing.InpaintAsync(mask, mask, encoding: new(PictureFormat.Jpeg)));
    }

    [Fact]
    public async Task Inpaint_WhenBudgetIsTaken_WaitsAndCanBeCanceled()
    {
        var budget = new PixelBudget(10_000);
        using var holder = await budget.TakeAsync(5_000, CancellationToken.None);
        using var canceled = new CancellationTokenSource();
        var waiting = new VipsPictureEditor(budget).InpaintAsync(
            Editing.Input(Drawn.Picture(120, 80).Png()), new(Editing.Input(Drawn.Mask(120, 80, Hole).Png()), null), new(PictureFormat.Png),
            (_, _) => default, canceled.Token);

        waiting.IsCompleted.ShouldBeFalse();
        await canceled.CancelAsync();

        await waiting.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Inpaint_WhenCanceledOnceThePicturesAreOpen_StopsAndGivesTheBudgetBack()
    {
        var budget = new PixelBudget();
        using var canceled = new CancellationTokenSource();
        var mask = Drawn.Mask(120, 80, Hole).Png();
        PictureInput canceling = new(
            async _ =>
            {
                await canceled.CancelAsync();
                return new MemoryStream(mask);
            },
            Probing.Facts(mask));

        var editing = new VipsPictureEditor(budget).InpaintAsync(
            Editing.Input(Drawn.Picture(120, 80).Png()), new(canceling, null), new(PictureFormat.Png), (_, _) => default, canceled.Token);

        await editing.ShouldThrowAsync<OperationCanceledException>();
        budget.Free.ShouldBe(PixelBudget.DefaultPixels);
    }

    private static (byte R, byte G, byte B, byte A) Colour(Pixels picture, int x, int y)
        => (picture[x, y][0], picture[x, y][1], picture[x, y][2], picture[x, y][3]);
}
