using System.Text;
using System.Text.Json;

using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Budgets;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Attempts;

public sealed class AttemptRunnerTests
{
    private readonly World _world = new();
    private readonly RecordingJobs _jobs = new();
    private readonly RecordingGates _gates = new();
    private readonly ProcessParts _parts;
    private readonly AttemptRunner _runner;

    public AttemptRunnerTests()
    {
        _parts = _world.NewProcess();
        _parts.Node.Register(7);
        _runner = NewRunner();
    }

    private ScriptedDriver Driver => _world.Providers["a"];

    private List<PriceOptions> Prices => _world.Options.Providers["a"].Prices;

    [Fact]
    public async Task Start_WhenSendingIsRefused_DoesNotCallAndLeavesTheLeaseToTheJob()
    {
        _jobs.Answering = _ => new(Verdict.Refused, "attempt_already_taken");

        await StartAsync();
        await _runner.WhenIdleAsync();

        Driver.Purchases.ShouldBeEmpty();
        _jobs.All.ShouldHaveSingleItem().ShouldBeOfType<JobFact.AttemptSending>();
        _gates.Released.ShouldBeEmpty("it may be the lease of the call that goes");
    }

    [Fact]
    public async Task Start_WhenTheGateHasMoved_ForgetsTheCallAndLetsTheJobAskAnew()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Answering = fact =>
        {
            if (fact is JobFact.AttemptSending)
            {
                return new(Verdict.Refused, TellAnswer.GateMoved);
            }

            asked.SetResult();
            return new(Verdict.Ignored);
        };

        await StartAsync();
        await asked.Task;

        Driver.Purchases.ShouldBeEmpty();
        _jobs.All.Select(f => f.GetType()).ShouldBe([typeof(JobFact.AttemptSending), typeof(JobFact.ClockReached)]);
    }

    [Fact]
    public async Task Start_WhenTheNodeExpiresWhileTheJobTakesDownTheCall_DoesNotCall()
    {
        Driver.Auto = call => call.SucceedAsync();
        _jobs.Answering = _ =>
        {
            _parts.Node.EndAsync().IsCompleted.ShouldBeTrue();
            return new(Verdict.Applied);
        };

        await StartAsync();
        await _runner.WhenIdleAsync();

        Driver.Purchases.ShouldBeEmpty();
        _jobs.All.ShouldHaveSingleItem().ShouldBeOfType<JobFact.AttemptSending>();
        _gates.Released.ShouldBe(["lease"]);
    }

    [Fact]
    public async Task Call_WhenOthersTakeOver_IsBrokenOffAndLeftToThem()
    {
        await StartAsync();
        var call = await Driver.NextCallAsync();

        await _parts.Node.EndAsync();
        await _runner.WhenIdleAsync();

        call.Canceled.IsCancellationRequested.ShouldBeTrue();
        _jobs.All.ShouldHaveSingleItem().ShouldBeOfType<JobFact.AttemptSending>();
        _gates.Released.ShouldBe(["lease"]);
    }

    [Fact]
    public async Task Start_WhenPicturesCome_TellsWhoSendsAndThenThePictures()
    {
        await StartAsync(slots: 2);
        await (await Driver.NextCallAsync()).SucceedAsync();
        await _runner.WhenIdleAsync();

        var sending = _jobs.All.First().ShouldBeOfType<JobFact.AttemptSending>();
        sending.ShouldBe(new(_world.Time.GetUtcNow(), 1, "key", "lease", "node_test", 7));
        var pictures = Outcome().ShouldBeOfType<AttemptOutcome.Succeeded>().Pictures;
        pictures.Select(p => p.Slot).ShouldBe([0, 1]);
        _world.Artifacts.Ids.ShouldBe(pictures.Select(p => p.Artifact.Id), ignoreOrder: true);
        _gates.Released.ShouldBe(["lease"]);
    }

    [Fact]
    public async Task Start_WhenStartedTwice_CallsOnce()
    {
        await StartAsync();
        await StartAsync();
        await (await Driver.NextCallAsync()).SucceedAsync();
        await _runner.WhenIdleAsync();

        Driver.Purchases.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Call_WhenItTakesTooLong_EndsAsTimedOut()
    {
        await StartAsync();
        await Driver.NextCallAsync();

        _world.Time.Advance(_world.Options.Providers["a"].Timeout);
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(FailureKind.TimedOut);
    }

    [Fact]
    public async Task Call_WhenCanceled_EndsAsCanceled()
    {
        await StartAsync();
        await Driver.NextCallAsync();

        await _runner.CancelAsync("job", 1, CancellationToken.None);
        await _runner.WhenIdleAsync();
        await _runner.CancelAsync("job", 1, CancellationToken.None);

        Outcome().ShouldBeOfType<AttemptOutcome.Canceled>();
    }

    [Fact]
    public async Task Call_WhenAPreviewCannotBeKept_StillDeliversThePicture()
    {
        await StartAsync();
        var call = await Driver.NextCallAsync();
        var preview = await call.Io.BeginPreviewAsync(CancellationToken.None);
        await preview.WriteAsync(Encoding.UTF8.GetBytes("preview"), CancellationToken.None);

        _world.Store.IsAway = true;
        await call.Io.PreviewAsync(0, preview, null, null, CancellationToken.None);
        _world.Store.IsAway = false;
        await call.SucceedAsync();
        await _runner.WhenIdleAsync();

        Outcome().ShouldBeOfType<AttemptOutcome.Succeeded>();
        _jobs.All.OfType<JobFact.PreviewArrived>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_WhenTheDriverThrows_EndsAsLost()
    {
        await StartAsync();
        (await Driver.NextCallAsync()).Throw(new InvalidOperationException("A bug."));
        await _runner.WhenIdleAsync();

        Outcome().ShouldBeOfType<AttemptOutcome.Lost>();
    }

    [Fact]
    public async Task Call_WhenThePlanThrows_EndsAsOneThatBoughtNothing()
    {
        Driver.Planning = _ => throw new InvalidOperationException("A bug.");

        await StartAsync();
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(FailureKind.Transient);
        Driver.Purchases.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("damaged", FailureKind.InvalidInput)]
    [InlineData("mask", FailureKind.InvalidInput)]
    public async Task Call_WhenPicturesCannotBeDrawn_EndsBeforeAnythingIsBought(string trouble, FailureKind kind)
    {
        Driver.Planning = spec => new([], 1) { Sent = spec, Rendering = new() { Sources = [SourceTreatment.Draw] } };
        _world.Renderer.Failure = trouble switch
        {
            "damaged" => new PictureUndecodableException(),
            _ => new EditImpossibleException("The mask is of another size."),
        };

        await StartAsync(await SourceAsync());
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(kind);
        Driver.Purchases.ShouldBeEmpty();
        _world.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Call_WhileThereIsNoRoomForItsPicture_IsNotMade()
    {
        _world.Artifacts.IsFull = true;
        await StartAsync();
        await _world.Time.WhenTimerWithinAsync(TimeSpan.FromSeconds(1));
        Driver.Purchases.ShouldBeEmpty();
        _jobs.All.ShouldBeEmpty();

        _world.Artifacts.IsFull = false;
        await _world.PumpUntilAsync(CallAsync());

        Driver.Purchases.Length.ShouldBe(1);

        async Task CallAsync() => await (await Driver.NextCallAsync()).SucceedAsync();
    }

    [Fact]
    public async Task Call_WhenDrainedWhileTheStorageIsAway_StaysIntendedForTheNextProcess()
    {
        _world.Artifacts.IsFull = true;
        await StartAsync();

        await _world.PumpUntilAsync(_runner.DrainAsync());

        _jobs.All.ShouldBeEmpty();
        Driver.Purchases.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_WhenThePlanDraws_SendsAndDeliversWhatWasDrawn()
    {
        var rendering = new EditRendering
        {
            Sources = [SourceTreatment.Draw], Layout = Layouts.Filled(new(64, 48), new(64, 48), new(64, 64)), Mask = MaskForm.White, PutsBack = true,
        };
        Driver.Planning = spec => new([], 1) { Sent = spec with { Prompt = "planned" }, Rendering = rendering };

        await StartAsync(await SourceAsync());
        var call = await Driver.NextCallAsync();
        var sent = await Task.WhenAll(ReadAsync(call, call.Call.Spec.Images[0]), ReadAsync(call, call.Call.Spec.Mask!));
        await call.SucceedAsync();
        await _runner.WhenIdleAsync();

        sent.ShouldBe(["source:source", "mask:source"]);
        Driver.Purchases.ShouldBe(["planned"]);
        var picture = Outcome().ShouldBeOfType<AttemptOutcome.Succeeded>().Pictures.ShouldHaveSingleItem();
        picture.Drift.ShouldBe(_world.Renderer.Drift);
        var finished = _world.Renderer.Drawn.OfType<Finishing>().ShouldHaveSingleItem();
        finished.Layout.ShouldBe(rendering.Layout);
        finished.PutBack.ShouldNotBeNull();
        _world.Artifacts.OpenWriters.ShouldBe(0);
        _world.Artifacts.Ids.ShouldContain(picture.Artifact.Id);
    }

    [Fact]
    public async Task Call_WhenASourceSaysWhoTookIt_SendsItWithoutThat()
    {
        var source = await SourceAsync();

        await StartAsync(source with { Facts = source.Facts with { Metadata = PictureMetadata.Private | PictureMetadata.Colour } });
        var call = await Driver.NextCallAsync();
        var sent = await ReadAsync(call, call.Call.Spec.Images[0]);
        await call.SucceedAsync();
        await _runner.WhenIdleAsync();

        sent.ShouldBe("stripped:source");
    }

    [Fact]
    public async Task Call_WhenADeliveredPictureTurnsOutDamaged_EndsAsBroken()
    {
        Driver.Planning = spec => new([], 1) { Sent = spec, Rendering = new() { Sources = [], Size = new(10, 10) } };

        await StartAsync();
        var call = await Driver.NextCallAsync();
        _world.Renderer.Failure = new PictureUndecodableException();
        await call.SucceedAsync();
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(FailureKind.Broken);
        _world.Artifacts.Ids.ShouldBeEmpty();
        _world.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Call_WhenThePlanRefusesByNow_EndsAsUnsupported()
    {
        Driver.Planning = _ => new([new("mask", PlanAction.Refuse, "No masks.")], 1);

        await StartAsync();
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(FailureKind.Unsupported);
        Driver.Purchases.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_WhenThePictureIsUnusable_EndsAsBrokenAndKeepsNothing()
    {
        await StartAsync();
        await (await Driver.NextCallAsync()).SucceedAsync(content: PermissiveProbe.Unusable);
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(FailureKind.Broken);
        _world.Artifacts.Ids.ShouldBeEmpty();
        _world.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Call_WhenUploadsAreNotDelivered_DiscardsThem()
    {
        await StartAsync();
        var call = await Driver.NextCallAsync();
        var stray = await call.Io.BeginPictureAsync(CancellationToken.None);
        await stray.WriteAsync(Encoding.UTF8.GetBytes("stray"), CancellationToken.None);
        await call.SucceedAsync(pictures: 2);
        await _runner.WhenIdleAsync();

        var pictures = Outcome().ShouldBeOfType<AttemptOutcome.Succeeded>().Pictures;
        _world.Artifacts.Ids.ShouldBe([pictures.ShouldHaveSingleItem().Artifact.Id]);
        _world.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Call_WhenTheProviderIsNotConfiguredAnyMore_EndsAsUnsupported()
    {
        await StartAsync(provider: "gone");
        await _runner.WhenIdleAsync();

        Failure().ShouldBe(FailureKind.Unsupported);
    }

    [Fact]
    public async Task Call_WhenItEnds_TellsWhatItCostByTheStepsPrices()
    {
        Prices.AddRange([new() { Models = "other", Call = 1 }, new() { Call = 0.01m, Second = 0.001m, Images = [new() { Price = 0.04m }] }]);
        var runner = NewRunner();

        await StartAsync(slots: 2, runner: runner);
        var call = await Driver.NextCallAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(3));
        await call.SucceedAsync();
        await runner.WhenIdleAsync();

        _jobs.All.OfType<JobFact.AttemptEnded>().ShouldHaveSingleItem().Cost.ShouldBe(new Cost(0.093m, "USD", Known: true));
    }

    [Theory]
    [InlineData(FailureKind.RateLimited, true)]
    [InlineData(FailureKind.TimedOut, false)]
    public async Task Call_WhenItFails_CostsNothingOrNobodyKnowsWhat(FailureKind kind, bool known)
    {
        await StartAsync();
        (await Driver.NextCallAsync()).Fail(kind);
        await _runner.WhenIdleAsync();

        _jobs.All.OfType<JobFact.AttemptEnded>().ShouldHaveSingleItem().Cost.ShouldBe(new Cost(0, null, known));
    }

    [Fact]
    public async Task Tell_WhenTheStoreIsAway_IsRepeatedUntilTaken()
    {
        var away = 3;
        _jobs.Answering = fact => fact is JobFact.AttemptEnded && away-- > 0 ? throw new StoreUnavailableException() : new(Verdict.Applied);

        await StartAsync();
        await (await Driver.NextCallAsync()).SucceedAsync();
        await _world.PumpUntilAsync(_runner.WhenIdleAsync());

        _jobs.All.OfType<JobFact.AttemptEnded>().Count().ShouldBe(4);
        _jobs.All.OfType<JobFact.AttemptEnded>().Distinct().ShouldHaveSingleItem();
        Driver.Purchases.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Tell_WhenThePicturesAreGoneByThen_TellsThatTheAttemptIsLost()
    {
        _jobs.Answering = fact => fact is JobFact.AttemptEnded { Outcome: AttemptOutcome.Succeeded }
            ? throw new ArtifactGoneException()
            : new(Verdict.Applied);

        await StartAsync();
        await (await Driver.NextCallAsync()).SucceedAsync();
        await _runner.WhenIdleAsync();

        var lost = _jobs.All.OfType<JobFact.AttemptEnded>().Last();
        lost.Outcome.ShouldBeOfType<AttemptOutcome.Lost>();
        lost.Cost.ShouldBe(_jobs.All.OfType<JobFact.AttemptEnded>().First().Cost);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Show_WhenBodiesAreAskedFor_TellsThoseWithThePictures(bool request, bool response)
    {
        var outcome = await ShowAsync(new(request, response), "{\"n\":1}");

        outcome.Wire.ShouldBe(new WireBodies(request ? "{\"n\":1}" : null, response ? "{\"n\":1}" : null));
    }

    [Fact]
    public async Task Show_WhenNobodyAsked_MakesNoBody()
        => (await ShowAsync(null, null)).Wire.ShouldBeNull();

    [Fact]
    public async Task Show_WhenABodyIsLong_KeepsItsBeginning()
    {
        var text = $"[\"{new string('"', 100).Replace("\"", "\\\"", StringComparison.Ordinal)}{string.Concat(Enumerable.Repeat("é\\n", 10_000))}\"]";

        var body = (await ShowAsync(new(Request: true, Response: false), text)).Wire!.Request!;

        Encoding.UTF8.GetByteCount(body).ShouldBeInRange(16 << 10, 32 << 10);
        var cut = JsonDocument.Parse(body).RootElement;
        text.ShouldStartWith(cut.GetProperty("cut").GetString()!);
        cut.GetProperty("bytes").GetInt32().ShouldBe(Encoding.UTF8.GetByteCount(text));
    }

    private async Task<AttemptOutcome.Succeeded> ShowAsync(WireWish? wish, string? body)
    {
        await StartAsync("a", 1, null, wish);
        var call = await Driver.NextCallAsync();
        foreach (var side in Enum.GetValues<WireSide>())
        {
            call.Io.Show(side, () => body ?? throw new InvalidOperationException("Nobody asked."));
        }

        await call.SucceedAsync();
        await _runner.WhenIdleAsync();
        return Outcome().ShouldBeOfType<AttemptOutcome.Succeeded>();
    }

    private static async Task<string> ReadAsync(ScriptedCall call, EditPicture picture)
    {
        await using var bytes = await call.Io.OpenAsync(picture.Artifact, CancellationToken.None);
        using var reader = new StreamReader(bytes);
        return await reader.ReadToEndAsync();
    }

    private async Task<EditPicture> SourceAsync() => (await _world.SubmissionAsync()).Job.Spec.Images[0];

    private Task StartAsync(EditPicture source) => StartAsync("a", 1, null, null, source);

    private AttemptRunner NewRunner() => new(
        _jobs, _gates, _world.NewCatalog(), _parts.Drawing, new FairBudget(100), _parts.Node, _world.Time, _world.Randomness, NullLogger<AttemptRunner>.Instance);

    private Task StartAsync(string provider = "a", int slots = 1, AttemptRunner? runner = null, WireWish? wire = null, params EditPicture[] sources) => (runner ?? _runner).StartAsync(
        new AttemptOrder
        {
            Tenant = "default",
            Job = "job",
            Attempt = 1,
            Slots = [.. Enumerable.Range(0, slots)],
            Step = World.Step(provider, picturesPerCall: slots),
            Spec = new EditSpec { Images = [.. sources], Prompt = "job", Count = slots },
            Wire = wire,
            Key = "key",
            Lease = "lease",
            Deadline = _world.Time.GetUtcNow() + TimeSpan.FromHours(1),
        },
        CancellationToken.None);

    private AttemptOutcome Outcome() => _jobs.All.OfType<JobFact.AttemptEnded>().ShouldHaveSingleItem().Outcome;

    private FailureKind Failure() => Outcome().ShouldBeOfType<AttemptOutcome.Failed>().Failure.Kind;
}
