using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Rendering;
using MPilot.Jobs.Imaging.Tests.Inpainting;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

[Collection(Alone.Name)]
public sealed class RendererResourceTests
{
    private const int Runs = 200;

    private static readonly byte[] Source = Drawn.Picture(60, 40).Png();
    private static readonly byte[] Delivered = Drawn.Picture(90, 60).Jpeg(90);
    private static readonly byte[] Mask = Drawn.Mask(60, 40, (10, 10, 20, 20)).Png();
    private static readonly Layout Layout = new(new(0, 0, 60, 40), new(60, 40), new(0, 0, 60, 40), new(64, 64), new(2, 12, 60, 40));

    [Fact]
    public void AddImaging_WhenBuilt_HasARenderer()
    {
        using var services = new ServiceCollection().AddImaging(new PicturesOptions()).BuildServiceProvider();

        services.GetRequiredService<IPictureRenderer>().Unavailable.ShouldBeNull();
    }

    [Fact]
    public async Task Finish_WhenPuttingBack_TakesTheSumOfWhatItDecodesAndDraws()
    {
        var decoded = (90 * 60) + (60 * 40) + (60 * 40);

        (await TakenAsync(renderer => FinishAsync(renderer, new()))).ShouldBe(decoded + (60 * 40));
        (await TakenAsync(renderer => renderer.RenderMaskAsync(new(Area(new()), Layout, MaskForm.White), Ignore, default))).ShouldBe(60 * 40);
        (await TakenAsync(renderer => renderer.MeasureAsync(Area(new()), default))).ShouldBe(60 * 40);
        (await TakenAsync(renderer => renderer.RenderSourceAsync(
            Editing.Input(Source), new(new(PictureFormat.Png), Layout, Area(new())), Ignore, default))).ShouldBe(2 * 60 * 40);
    }

    [Fact]
    public async Task Finish_WhenBudgetIsTaken_WaitsOpensNothingAndCanBeCanceled()
    {
        var budget = new PixelBudget(20_000);
        using var holder = await budget.TakeAsync(15_000, CancellationToken.None);
        using var canceled = new CancellationTokenSource();
        var streams = new OpenedStreams();
        var waiting = FinishAsync(new VipsPictureRenderer(budget), streams, canceled.Token);

        waiting.IsCompleted.ShouldBeFalse();
        budget.Waiting.ShouldBe(1);
        await canceled.CancelAsync();

        await waiting.ShouldThrowAsync<OperationCanceledException>();
        streams.Ever.ShouldBe(0);
        budget.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Finish_WhenCanceledWhileDrawing_StopsAndGivesTheBudgetBack()
    {
        var budget = new PixelBudget();
        using var canceled = new CancellationTokenSource();
        var streams = new OpenedStreams();
        var area = new EditArea(
            streams.Input(Source),
            new(new(async token =>
            {
                await canceled.CancelAsync();
                return await streams.Input(Mask).OpenAsync(token);
            }, Probing.Facts(Mask)), null));

        var finishing = new VipsPictureRenderer(budget).FinishAsync(
            streams.Input(Delivered), new() { Layout = Layout, PutBack = area }, Ignore, canceled.Token);

        await finishing.ShouldThrowAsync<OperationCanceledException>();
        budget.Free.ShouldBe(PixelBudget.DefaultPixels);
        streams.Open.ShouldBe(0);
    }

    [Fact]
    public async Task Finish_WhenAnyPictureIsDamaged_SaysUndecodableAndHoldsNothing()
    {
        var budget = new PixelBudget();
        var streams = new OpenedStreams();
        foreach (var (delivered, source, mask) in ((byte[], byte[], byte[])[])[
            (Damaged(Delivered), Source, Mask), (Delivered, Damaged(Source), Mask), (Delivered, Source, Damaged(Mask))])
        {
            var area = new EditArea(streams.Input(source, Source), new(streams.Input(mask, Mask), null));
            var finishing = new VipsPictureRenderer(budget).FinishAsync(
                streams.Input(delivered, Delivered), new() { Layout = Layout, PutBack = area }, Ignore, default);

            await finishing.ShouldThrowAsync<PictureUndecodableException>();
        }

        streams.Open.ShouldBe(0);
        budget.Free.ShouldBe(PixelBudget.DefaultPixels);
    }

    [Fact]
    public async Task Finish_WhenTargetFails_ThrowsItsError()
    {
        var failing = new VipsPictureRenderer(new PixelBudget()).FinishAsync(
            Editing.Input(Delivered), new(), (_, _) => throw new IOException("full"), default);

        (await failing.ShouldThrowAsync<IOException>()).Message.ShouldBe("full");
    }

    [Fact]
    public async Task AllOfIt_WhenRunManyTimes_LeavesNothingBehind()
    {
        var renderer = new VipsPictureRenderer(new PixelBudget());
        var streams = new OpenedStreams();
        await RoundAsync(renderer, streams);
        var (allocations, held) = (NativeMemory.Allocations, NativeMemory.Held);

        for (var run = 0; run < Runs; run++)
        {
            await RoundAsync(renderer, streams);
        }

        streams.Open.ShouldBe(0);
        streams.Ever.ShouldBeGreaterThan(Runs * 10);
        NativeMemory.Allocations.ShouldBeLessThanOrEqualTo(allocations);
        NativeMemory.Held.ShouldBeLessThanOrEqualTo(held);
    }

    [Fact]
    public async Task Finish_WhenPictureIsLarge_HoldsWhatTheBudgetSays()
    {
        const int Side = 4000;
        var pixels = new Pixels(Side, Side);
        for (var at = 0; at < pixels.Bytes.Length; at++)
        {
            pixels.Bytes[at] = (byte)((at & 3) == 3 ? 255 : at >> 6);
        }

        var picture = pixels.Png();
        var area = Rendered.Area(picture, Drawn.Mask(Side, Side, (1000, 1000, 900, 800)).Png());

        await new VipsPictureRenderer(new PixelBudget()).FinishAsync(
            Editing.Input(picture), new() { Layout = Rendered.Identity(Side, Side), PutBack = area, Encoding = new(PictureFormat.Jpeg) }, Ignore, default);

        // Three pictures of four bytes a pixel, a strength of one, and what encoders hold.
        NativeMemory.Most.ShouldBeLessThan((((3L * 4) + 1) * Side * Side) + (32L << 20));
    }

    private static async Task RoundAsync(VipsPictureRenderer renderer, OpenedStreams streams)
    {
        await FinishAsync(renderer, streams);
        await renderer.RenderMaskAsync(new(Area(streams), Layout, MaskForm.Alpha), Ignore, default);
        await renderer.RenderSourceAsync(streams.Input(Source), new(new(PictureFormat.Webp), Layout, Area(streams)), Ignore, default);
        await renderer.FinishAsync(streams.Input(Delivered), new() { Size = new(50, 50), Fit = AnswerFit.Pad, Encoding = new(PictureFormat.Png) }, Ignore, default);
        await renderer.MeasureAsync(Area(streams), default);
        await renderer.StripAsync(streams.Input(Delivered), Ignore, default);
        await Should.ThrowAsync<PictureUndecodableException>(() => renderer.MeasureAsync(new(streams.Input(Damaged(Source), Source), null), default));
    }

    private static EditArea Area(OpenedStreams streams) => new(streams.Input(Source), new(streams.Input(Mask), null));

    private static Task<MaskDrift?> FinishAsync(IPictureRenderer renderer, OpenedStreams streams, CancellationToken cancellationToken = default)
        => renderer.FinishAsync(streams.Input(Delivered), new() { Layout = Layout, PutBack = Area(streams) }, Ignore, cancellationToken);

    /// <summary>How much of a budget is taken while something is drawn: the least that lets it start beside another that holds one pixel.</summary>
    private static async Task<long> TakenAsync(Func<IPictureRenderer, Task> draw)
    {
        var (fits, tooLittle) = (100_000L, 0L);
        while (fits - tooLittle > 1)
        {
            var free = (fits + tooLittle) / 2;
            var budget = new PixelBudget(100_000);
            var holder = await budget.TakeAsync(100_000 - free, CancellationToken.None);
            var drawing = draw(new VipsPictureRenderer(budget));
            (fits, tooLittle) = budget.Waiting == 0 ? (free, tooLittle) : (fits, free);
            holder.Dispose();
            await drawing;
        }

        return fits;
    }

    private static byte[] Damaged(byte[] picture)
    {
        var damaged = (byte[])picture.Clone();
        return damaged[0] == 0xFF ? damaged[..(damaged.Length / 2)] : [.. damaged[..^40], (byte)(damaged[^40] ^ 0xFF), .. damaged[^39..]];
    }

    private static ValueTask Ignore(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken) => default;
}
