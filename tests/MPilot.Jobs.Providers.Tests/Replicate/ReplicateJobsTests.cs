using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Replicate;

/// <summary>Predictions that outlive the call they were made by.</summary>
public sealed class ReplicateJobsTests : IAsyncLifetime
{
    private ReplicateRig _rig = null!;

    public async Task InitializeAsync() => _rig = await ReplicateRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task ResumeAsync_WhenItSucceeded_BringsThePictureAndBuysNothingMore()
    {
        var prediction = await _rig.AbandonAsync(new());
        _rig.Simulator.Release("model");

        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Delivered>().Pictures.ShouldHaveSingleItem();

        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
        _rig.Calls("/v1/models/").Count.ShouldBe(1);
    }

    [Fact]
    public async Task ResumeAsync_WhenItStillRuns_WaitsForIt()
    {
        var prediction = await _rig.AbandonAsync(new());
        var resumed = _rig.ResumeAsync(prediction);
        await _rig.UntilAsync(_rig.Simulator.Ledger.FinishedAsync(_rig.Simulator.Ledger.Read().FinishedCount + 5));
        resumed.IsCompleted.ShouldBeFalse();

        _rig.Simulator.Release("model");

        (await resumed).ShouldBeOfType<DriverAnswer.Delivered>();
    }

    public static TheoryData<string, FailureKind> Ends() => new()
    {
        { "flagged as sensitive (E005)", FailureKind.Refused },
        { "weights are missing", FailureKind.Broken },
        { "canceled", FailureKind.Canceled },
        { "aborted", FailureKind.Canceled },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task ResumeAsync_WhenItCameToNothing_NamesTheKind(string end, FailureKind kind)
    {
        var prediction = await _rig.AbandonAsync(end is "canceled" or "aborted" ? new() { JobEnds = end } : new() { JobError = end });
        _rig.Simulator.Release("model");

        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("p404")]
    [InlineData("../files")]
    [InlineData("")]
    public async Task ResumeAsync_WhenNobodyKnowsIt_IsLost(string prediction)
        => (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Lost);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(410)]
    public async Task ResumeAsync_WhenItIsNotOursToSee_IsLost(int status)
    {
        var prediction = await _rig.AbandonAsync(new());
        _rig.Script("poll", new() { Status = status });

        var failure = (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Failed>().Failure;

        (failure.Kind, failure.StatusCode).ShouldBe((FailureKind.Lost, status));
    }

    [Fact]
    public async Task ResumeAsync_WhenItsDataAreRemoved_IsLost()
    {
        var prediction = await _rig.AbandonAsync(new());
        _rig.Simulator.Release("model");
        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Delivered>();

        _rig.Time.Advance(TimeSpan.FromHours(1));

        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Lost);
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
    }

    [Fact]
    public async Task CancelAsync_WhenItRuns_StopsIt()
    {
        var prediction = await _rig.AbandonAsync(new());

        await _rig.CancelAsync(prediction);

        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Canceled);
    }

    [Fact]
    public async Task CancelAsync_WhenItWaitsInTheQueue_BuysNothing()
    {
        _rig.Script(null, new() { HoldStart = "queue" });
        using var node = new CancellationTokenSource();
        var call = _rig.BeginAsync(cancellationToken: node.Token);
        await _rig.Simulator.HeldAsync("queue");
        await node.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => _rig.EndAsync(call));
        var prediction = _rig.Pictures.Accepted.ShouldHaveSingleItem();

        await _rig.CancelAsync(prediction);

        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Canceled);
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(0);
    }

    [Fact]
    public async Task CancelAsync_WhenItIsTooLate_LeavesThePicture()
    {
        var prediction = await _rig.AbandonAsync(new() { IgnoreCancel = true });

        await _rig.CancelAsync(prediction);
        _rig.Simulator.Release("model");

        (await _rig.ResumeAsync(prediction)).ShouldBeOfType<DriverAnswer.Delivered>();
    }

    public static TheoryData<string> CancelFaults() => ["500", "404", "reset"];

    [Theory]
    [MemberData(nameof(CancelFaults))]
    public async Task CancelAsync_WhenTheProviderDoesNotAnswer_IsNoError(string fault)
    {
        var prediction = await _rig.AbandonAsync(new());
        _rig.Script("cancel", fault == "reset" ? new() { ResetBeforeBody = true } : new() { Status = int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture) });

        await _rig.CancelAsync(prediction);

        _rig.Calls($"/v1/predictions/{prediction}/cancel").ShouldHaveSingleItem();
    }
}
