using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests;

public sealed class PixelBudgetTests
{
    private readonly PixelBudget _budget = new(100);

    [Fact]
    public async Task TakeAsync_WhenItFits_AnswersAtOnce()
    {
        var first = _budget.TakeAsync(60, CancellationToken.None);
        var second = _budget.TakeAsync(40, CancellationToken.None);

        first.IsCompletedSuccessfully.ShouldBeTrue();
        second.IsCompletedSuccessfully.ShouldBeTrue();
        _budget.Free.ShouldBe(0);
        (await first).Dispose();
        (await second).Dispose();
        _budget.Free.ShouldBe(100);
    }

    [Fact]
    public async Task TakeAsync_WhenFull_AdmitsInOrderOfArrival()
    {
        var holder = await _budget.TakeAsync(80, CancellationToken.None);
        var large = _budget.TakeAsync(50, CancellationToken.None).AsTask();
        var small = _budget.TakeAsync(10, CancellationToken.None).AsTask();

        small.IsCompleted.ShouldBeFalse("the small one came later and must not overtake");
        _budget.Waiting.ShouldBe(2);
        holder.Dispose();

        (await large).Dispose();
        (await small).Dispose();
        _budget.Free.ShouldBe(100);
    }

    [Fact]
    public async Task TakeAsync_WhenLargerThanTheBudget_RunsAlone()
    {
        var holder = await _budget.TakeAsync(1, CancellationToken.None);
        var huge = _budget.TakeAsync(1_000, CancellationToken.None).AsTask();
        huge.IsCompleted.ShouldBeFalse();

        holder.Dispose();
        var held = await huge;
        var next = _budget.TakeAsync(1, CancellationToken.None).AsTask();

        next.IsCompleted.ShouldBeFalse();
        held.Dispose();
        (await next).Dispose();
        _budget.Free.ShouldBe(100);
    }

    [Fact]
    public async Task TakeAsync_WhenCanceledWhileWaiting_LetsTheNextPass()
    {
        using var canceled = new CancellationTokenSource();
        var holder = await _budget.TakeAsync(80, CancellationToken.None);
        var first = _budget.TakeAsync(50, canceled.Token).AsTask();
        var second = _budget.TakeAsync(20, CancellationToken.None).AsTask();

        await canceled.CancelAsync();

        await first.ShouldThrowAsync<OperationCanceledException>();
        (await second).Dispose();
        holder.Dispose();
        _budget.Free.ShouldBe(100);
        _budget.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Dispose_WhenRepeated_GivesBackOnce()
    {
        var held = await _budget.TakeAsync(30, CancellationToken.None);

        held.Dispose();
        held.Dispose();

        _budget.Free.ShouldBe(100);
    }

    [Fact]
    public async Task TakeAsync_WhenManyCompete_NeverExceedsTheBudget()
    {
        long inFlight = 0;
        long most = 0;
        await Parallel.ForAsync(0, 400, async (index, cancellationToken) =>
        {
            var pixels = 1 + (index % 60);
            using var held = await _budget.TakeAsync(pixels, cancellationToken);
            var now = Interlocked.Add(ref inFlight, pixels);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Add(ref inFlight, -pixels);
        });

        most.ShouldBeInRange(1, 100);
        _budget.Free.ShouldBe(100);
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen; seen = Interlocked.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
