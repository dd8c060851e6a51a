using System.Text;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.BackgroundRemoval;
using MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.BackgroundRemoval;

public sealed class VipsPictureEditorTests
{
    private static readonly (byte R, byte G, byte B) Grey = (200, 200, 205);
    private static readonly (byte R, byte G, byte B) Red = (190, 30, 40);

    [Fact]
    public async Task RemoveBackground_WhenPng_KeepsSubjectAndClearsTheRest()
    {
        var cut = await CutAsync(Square().Png());

        cut[5, 5].ToArray().ShouldBe(new byte[] { 0, 0, 0, 0 });
        cut[60, 40].ToArray().ShouldBe(new byte[] { 190, 30, 40, 255 });
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task RemoveBackground_WhenOtherEncodings_CutsAlike(string encoding)
    {
        var picture = encoding == "jpeg" ? Square().Jpeg(92) : Square().Webp(92);

        var cut = await CutAsync(picture);

        cut[5, 5][3].ShouldBe((byte)0);
        cut[60, 40][3].ShouldBe((byte)255);
    }

    [Fact]
    public async Task RemoveBackground_WhenWebpIsAsked_AnswersWebpWithAlpha()
    {
        var answer = await Cutting.CutAsync(Square().Png(), new(PictureFormat.Webp, 80));

        Probing.Facts(answer).ShouldBe(new PictureFacts(PictureFormat.Webp, new(120, 80), 1, HasAlpha: true, 1));
        Pixels.Decode(answer)[60, 40][3].ShouldBe((byte)255);
    }

    [Fact]
    public async Task RemoveBackground_WhenJpegIsAsked_Refuses()
        => await Should.ThrowAsync<ArgumentException>(() => Cutting.CutAsync(Square().Png(), new(PictureFormat.Jpeg)));

    [Theory]
    [InlineData(1, 20, 40)]
    [InlineData(2, 99, 40)]
    [InlineData(3, 99, 39)]
    [InlineData(4, 20, 39)]
    [InlineData(5, 40, 20)]
    [InlineData(6, 39, 20)]
    [InlineData(7, 39, 99)]
    [InlineData(8, 40, 99)]
    public async Task RemoveBackground_WhenStoredTurned_AnswersUpright(ushort orientation, int x, int y)
    {
        var stored = Filled(120, 80, Grey);
        Fill(stored, (10, 30, 22, 22), Red);
        var picture = stored.Png(PngFile.Chunk("eXIf", HandmadePictures.Exif(orientation, bigEndian: true, prefixed: false)));

        var cut = await CutAsync(picture);

        (cut.Width, cut.Height).ShouldBe(orientation >= 5 ? (80, 120) : (120, 80));
        cut[x, y][3].ShouldBe((byte)255);
        cut[cut.Width - 1 - x, cut.Height - 1 - y][3].ShouldBe((byte)0);
    }

    [Fact]
    public async Task RemoveBackground_WhenAlreadyCut_LeavesItAlone()
    {
        var picture = Filled(60, 60, (0, 0, 0));
        picture.Bytes.AsSpan().Clear();
        Fill(picture, (20, 20, 20, 20), Red);
        picture[30, 30][3] = 77;

        var cut = await CutAsync(picture.Png());

        cut.Bytes.ShouldBe(picture.Bytes);
    }

    [Fact]
    public async Task RemoveBackground_WhenSubjectIsPartlyTransparent_KeepsThat()
    {
        var picture = Square();
        picture[60, 40][3] = 100;

        var cut = await CutAsync(picture.Png());

        cut[60, 40][3].ShouldBe((byte)100);
        cut[5, 5][3].ShouldBe((byte)0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 200)]
    [InlineData(3, 2)]
    [InlineData(64, 64)]
    public async Task RemoveBackground_WhenThereIsNoSubject_AnswersTheWholePicture(int width, int height)
    {
        var picture = Filled(width, height, Red);

        var cut = await CutAsync(picture.Png());

        cut.Bytes.ShouldBe(picture.Bytes);
    }

    [Fact]
    public async Task RemoveBackground_WhenPixelsAreDamaged_SaysUndecodable()
    {
        var png = Square().Png();
        png[^40] ^= 0xFF;
        var jpeg = Square().Jpeg(90);

        await Should.ThrowAsync<PictureUndecodableException>(() => Cutting.CutAsync(png));
        await Should.ThrowAsync<PictureUndecodableException>(() => Cutting.CutAsync(jpeg[..(jpeg.Length / 2)], facts: Probing.Facts(jpeg)));
        await Should.ThrowAsync<PictureUndecodableException>(() => Cutting.CutAsync(png, facts: Probing.Facts(png) with { Stored = new(10, 10) }));
    }

    [Fact]
    public async Task RemoveBackground_WhenBytesAreOfAnotherFormat_SaysUndecodable()
    {
        var svg = Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' width='120' height='80'/>");

        await Should.ThrowAsync<PictureUndecodableException>(() => Cutting.CutAsync(svg, facts: Probing.Facts(Square().Png())));
    }

    [Fact]
    public async Task RemoveBackground_WhenTheSourceFails_ThrowsItsError()
    {
        var failing = new VipsPictureEditor(new PixelBudget()).RemoveBackgroundAsync(
            _ => new(new FailingStream()), Probing.Facts(Square().Png()), new(PictureFormat.Png), (_, _) => default, CancellationToken.None);

        (await failing.ShouldThrowAsync<IOException>()).Message.ShouldBe(FailingStream.Message);
    }

    [Fact]
    public async Task RemoveBackground_WhenTheTargetFails_ThrowsItsErrorAndGivesTheBudgetBack()
    {
        var budget = new PixelBudget();
        var png = Square().Png();
        var failing = new VipsPictureEditor(budget).RemoveBackgroundAsync(
            _ => new(new MemoryStream(png)), Probing.Facts(png), new(PictureFormat.Png), (_, _) => throw new IOException("full"), CancellationToken.None);

        (await failing.ShouldThrowAsync<IOException>()).Message.ShouldBe("full");
        budget.Free.ShouldBe(PixelBudget.DefaultPixels);
    }

    [Fact]
    public async Task RemoveBackground_WhenBudgetIsTaken_WaitsAndCanBeCanceled()
    {
        var budget = new PixelBudget(10_000);
        var holder = await budget.TakeAsync(5_000, CancellationToken.None);
        using var canceled = new CancellationTokenSource();
        var png = Square().Png();
        var opened = false;
        var waiting = new VipsPictureEditor(budget).RemoveBackgroundAsync(
            _ =>
            {
                opened = true;
                return new(new MemoryStream(png));
            },
            Probing.Facts(png), new(PictureFormat.Png), (_, _) => default, canceled.Token);

        waiting.IsCompleted.ShouldBeFalse();
        await canceled.CancelAsync();

        await waiting.ShouldThrowAsync<OperationCanceledException>();
        opened.ShouldBeFalse("nothing is read before the budget allows it");
        holder.Dispose();
        budget.Free.ShouldBe(10_000);
    }

    [Fact]
    public async Task RemoveBackground_WhenCanceledWhileReading_Stops()
    {
        using var canceled = new CancellationTokenSource();
        var png = Square().Png();

        var editing = new VipsPictureEditor(new PixelBudget()).RemoveBackgroundAsync(
            async _ =>
            {
                await canceled.CancelAsync();
                return new MemoryStream(png);
            },
            Probing.Facts(png), new(PictureFormat.Png), (_, _) => default, canceled.Token);

        await editing.ShouldThrowAsync<OperationCanceledException>();
    }

    private static async Task<Pixels> CutAsync(byte[] picture) => Pixels.Decode(await Cutting.CutAsync(picture));

    private static Pixels Square()
    {
        var picture = Filled(120, 80, Grey);
        Fill(picture, (40, 20, 40, 40), Red);
        return picture;
    }

    private static Pixels Filled(int width, int height, (byte R, byte G, byte B) colour)
    {
        var picture = new Pixels(width, height);
        Fill(picture, (0, 0, width, height), colour);
        return picture;
    }

    private static void Fill(Pixels picture, (int X, int Y, int Width, int Height) area, (byte R, byte G, byte B) colour)
    {
        for (var y = area.Y; y < area.Y + area.Height; y++)
        {
            for (var x = area.X; x < area.X + area.Width; x++)
            {
                var pixel = picture[x, y];
                (pixel[0], pixel[1], pixel[2], pixel[3]) = (colour.R, colour.G, colour.B, 255);
            }
        }
    }
}
