using System.Security.Cryptography;
using System.Text.Json;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Store;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Replicate;

public sealed class ReplicateDriverTests : IAsyncLifetime
{
    private ReplicateRig _rig = null!;

    public async Task InitializeAsync() => _rig = await ReplicateRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task SendAsync_WhenAllIsWell_BuysOneAndDeliversIt()
    {
        _rig.Script(null, new() { PictureBytes = 300_000 });

        var delivered = (await _rig.SendAsync()).ShouldBeOfType<DriverAnswer.Delivered>();

        delivered.Pictures.ShouldHaveSingleItem().Upload.Length.ShouldBeGreaterThan(200_000);
        var create = _rig.Calls("/v1/models/").ShouldHaveSingleItem();
        create.Model.ShouldBe(ReplicateRig.Kontext);
        create.Headers["prefer"].ShouldBe("wait=2");
        create.Order.ShouldBe(["prompt", "aspect_ratio", "input_image"]);
        create.Parts.ShouldHaveSingleItem().Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(DriverRig.Png(0))));
        create.Purchased.ShouldBeTrue();
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
        _rig.Pictures.Accepted.ShouldHaveSingleItem();
        _rig.NothingIsLeft(delivered: 1);
    }

    [Fact]
    public async Task SendAsync_WhenPicturesGoOut_SendsEachAsAFileAndDeletesItAfterwards()
    {
        var mask = _rig.Pictures.Add("mask", DriverRig.Png(9), Edits.Png, ArtifactRole.Mask);

        await _rig.SendAsync(_rig.Spec(images: 2) with { Mask = mask }, model: "black-forest-labs/flux-2-pro");

        var uploads = _rig.Calls("/v1/files").Where(c => c.Path == "/v1/files").ToList();
        uploads.Select(u => u.Parts.Single().Sha256).ShouldBe(new[] { 0, 1, 9 }.Select(seed => Convert.ToHexStringLower(SHA256.HashData(DriverRig.Png(seed)))));
        uploads.Select(u => u.Parts.Single().FileName).ShouldBe(["picture-1.png", "picture-2.png", "picture-3.png"]);
        _rig.Calls("/v1/files/").Select(c => c.Status).ShouldBe([204, 204, 204]);
    }

    [Fact]
    public async Task SendAsync_WhenAPictureIsLarge_ArrivesWhole()
    {
        var large = _rig.Pictures.Add("large", DriverRig.Png(1, 3 << 20), Edits.Png);

        (await _rig.SendAsync(_rig.Spec() with { Images = [large] })).ShouldBeOfType<DriverAnswer.Delivered>();

        _rig.Calls("/v1/files")[0].Parts.ShouldHaveSingleItem().Length.ShouldBe(3 << 20);
    }

    [Fact]
    public async Task SendAsync_WhenTheResultIsFetched_TakesNoKeyAlong()
    {
        await _rig.SendAsync();

        _rig.Calls("/delivery/").ShouldHaveSingleItem().Key.ShouldBeNull();
        _rig.Calls("/v1/").ShouldAllBe(c => c.Key == "0001");
    }

    [Fact]
    public async Task SendAsync_WhenBodiesAreToBeSeen_ShowsThemWithoutPicturesLinksAndKeys()
    {
        await _rig.SendAsync(_rig.Spec() with { Prompt = $"draw {ReplicateRig.Secret}", Size = new(1344, 768) });

        _rig.Pictures.Shown[WireSide.Request].ShouldBe(
            """{"prompt":"draw [hidden]","aspect_ratio":"16:9","input_image":"<png, 5000 bytes>"}""");
        var shown = _rig.Pictures.Shown[WireSide.Response];
        JsonDocument.Parse(shown).RootElement.GetProperty("status").GetString().ShouldBe("succeeded");
        shown.ShouldNotContain("127.0.0.1");
        shown.ShouldNotContain("http");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_000)]
    public async Task SendAsync_WhenOutputsAreDataUrls_DeliversThem(int length)
    {
        _rig.Script(null, new() { DataUrls = true, PictureBytes = length > 0 ? length : null });

        (await _rig.SendAsync()).ShouldBeOfType<DriverAnswer.Delivered>().Pictures.ShouldHaveSingleItem()
            .Upload.Length.ShouldBeGreaterThan(length / 2);

        _rig.NothingIsLeft(delivered: 1);
    }

    [Fact]
    public async Task SendAsync_WhenSeveralAreAsked_DeliversAllOfOnePrediction()
    {
        var spec = _rig.Spec() with { OutputFormat = "png" };

        var delivered = (await _rig.SendAsync(spec, count: 3, model: "black-forest-labs/flux-fill-dev")).ShouldBeOfType<DriverAnswer.Delivered>();

        delivered.Pictures.Select(p => p.Upload.Sha256).Distinct().Count().ShouldBe(3);
        _rig.Simulator.Ledger.Purchases.ShouldHaveSingleItem().Pictures.ShouldBe(3);
    }

    [Fact]
    public async Task SendAsync_WhenThePredictionTakesLong_RecordsItsIdBeforeItWaitsAndAsksEverLessOften()
    {
        _rig.Script(null, new() { Hold = "model" });
        var sending = _rig.BeginAsync();
        await _rig.UntilAsync(_rig.Simulator.Ledger.FinishedAsync(12));
        _rig.Pictures.Accepted.ShouldHaveSingleItem();
        _rig.Simulator.Release("model");

        (await _rig.EndAsync(sending)).ShouldBeOfType<DriverAnswer.Delivered>();

        var asked = _rig.Calls("/v1/predictions/").Select(c => c.ArrivedAt).ToList();
        var waits = asked.Zip(asked.Skip(1), (one, next) => Math.Round((next - one).TotalSeconds, 2)).ToList();
        waits.Take(4).ShouldBe([0.75, 1.12, 1.69, 2.53]);
        waits.Max().ShouldBe(5);
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
    }

    public static TheoryData<string> PollFaults() => ["500", "429", "reset", "cut", "wrong body", "told again"];

    [Theory]
    [MemberData(nameof(PollFaults))]
    public async Task SendAsync_WhenAskingGoesWrong_AsksOn(string fault)
    {
        _rig.Script(null, new() { DelayMs = 20_000 });
        _rig.Script("poll", fault switch
        {
            "500" => new() { Status = 500 },
            "429" => new() { Status = 429, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "3" } },
            "reset" => new() { ResetBeforeBody = true },
            "cut" => new() { Truncate = 40 },
            "wrong body" => new() { InvalidJson = true },
            _ => new() { Stale = true },
        }, times: 3);

        (await _rig.SendAsync()).ShouldBeOfType<DriverAnswer.Delivered>();

        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
        _rig.NothingIsLeft(delivered: 1);
    }

    public static TheoryData<string, FailureKind, int?, bool> CreateFaults() => new()
    {
        { "401", FailureKind.Credentials, 401, false },
        { "402", FailureKind.Quota, 402, false },
        { "403", FailureKind.Credentials, 403, false },
        { "404", FailureKind.Unsupported, 404, false },
        { "422", FailureKind.InvalidInput, 422, false },
        { "429", FailureKind.RateLimited, 429, false },
        { "500", FailureKind.Transient, 500, false },
        { "503", FailureKind.Transient, 503, false },
        { "sensitive", FailureKind.Refused, 422, false },
        { "reset before", FailureKind.TimedOut, null, false },
        { "reset after", FailureKind.TimedOut, null, true },
        { "cut", FailureKind.TimedOut, 201, true },
        { "wrong body", FailureKind.Broken, 201, true },
    };

    [Theory]
    [MemberData(nameof(CreateFaults))]
    public async Task SendAsync_WhenCreatingFails_NamesTheKind(string fault, FailureKind kind, int? status, bool purchased)
    {
        var failure = await _rig.FailAsync(fault switch
        {
            "sensitive" => new() { Status = 422, Message = "The input was flagged as sensitive. (E005)" },
            "reset before" => new() { ResetBeforeBody = true },
            "reset after" => new() { ResetAfterPurchase = true },
            "cut" => new() { Truncate = 40 },
            "wrong body" => new() { InvalidJson = true },
            _ => new() { Status = int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture) },
        });

        (failure.Kind, failure.StatusCode).ShouldBe((kind, status));
        failure.RetryAfter.ShouldBe(kind == FailureKind.RateLimited ? TimeSpan.FromSeconds(30) : null);
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(purchased ? 1 : 0);
        _rig.Pictures.Accepted.ShouldBeEmpty();
        _rig.NothingIsLeft();
    }

    public static TheoryData<string, FailureKind, string?> Ends() => new()
    {
        { "moderation", FailureKind.Refused, "E005" },
        { "NSFW content detected. Try running it again, or try a different prompt.", FailureKind.Refused, null },
        { "Service is experiencing high demand. Please try again later. (E003)", FailureKind.RateLimited, "E003" },
        { "Service is temporarily unavailable. (E004)", FailureKind.Transient, "E004" },
        { "The image is too small. (E006)", FailureKind.InvalidInput, "E006" },
        { "CUDA out of memory at 10.1.2.3", FailureKind.Broken, null },
        { "canceled", FailureKind.Canceled, null },
        { "aborted", FailureKind.Canceled, null },
        { "nothing", FailureKind.Broken, null },
        { "no picture", FailureKind.Broken, null },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task SendAsync_WhenThePredictionComesToNothing_NamesTheKind(string end, FailureKind kind, string? code)
    {
        var failure = await _rig.FailAsync(end switch
        {
            "moderation" => new() { Moderation = true },
            "canceled" or "aborted" => new() { JobEnds = end },
            "nothing" => new() { EmptyData = true },
            "no picture" => new() { WrongBytes = true },
            _ => new() { JobError = end },
        });

        (failure.Kind, failure.Code, failure.StatusCode).ShouldBe((kind, code, null));
        (failure.Message ?? "").ShouldNotContain("10.1.2.3");
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
        _rig.NothingIsLeft();
    }

    [Theory]
    [InlineData("404")]
    [InlineData("reset")]
    public async Task SendAsync_WhenALinkGivesNothing_AsksForItOnceMore(string fault)
    {
        _rig.Script("output", fault == "404" ? new() { Status = 404 } : new() { ResetBeforeBody = true });

        (await _rig.SendAsync()).ShouldBeOfType<DriverAnswer.Delivered>();

        _rig.Calls("/delivery/").Count.ShouldBe(2);
        _rig.Simulator.Ledger.Read().Purchases.ShouldBe(1);
    }

    [Fact]
    public async Task SendAsync_WhenTheLinkStaysDead_IsLost()
    {
        var failure = await _rig.FailAsync(new() { Status = 404 }, "output", times: -1);

        failure.Kind.ShouldBe(FailureKind.Lost);
        _rig.Calls("/delivery/").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("402", FailureKind.Quota)]
    [InlineData("500", FailureKind.Transient)]
    [InlineData("reset", FailureKind.Transient)]
    [InlineData("cut", FailureKind.Transient)]
    public async Task SendAsync_WhenAPictureDoesNotGetThere_BuysNothing(string fault, FailureKind kind)
    {
        var failure = await _rig.FailAsync(fault switch
        {
            "reset" => new() { ResetBeforeBody = true },
            "cut" => new() { Truncate = 20 },
            _ => new() { Status = int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture) },
        }, "upload");

        failure.Kind.ShouldBe(kind);
        _rig.Calls("/v1/models/").ShouldBeEmpty();
        _rig.NothingIsLeft();
    }

    [Fact]
    public async Task SendAsync_WhenNobodyListens_IsTransient()
    {
        await _rig.Simulator.DisposeAsync();

        (await _rig.SendAsync()).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Transient);
    }

    [Fact]
    public async Task SendAsync_WhenOwnStoreFails_SaysThatAndNotTheProvider()
    {
        var spec = _rig.Spec();
        var shortened = spec.Images[0] with { Artifact = spec.Images[0].Artifact with { Length = 6000 } };

        await Should.ThrowAsync<StoreUnavailableException>(() => _rig.SendAsync(spec with { Images = [shortened] }));
    }

    [Fact]
    public async Task SendAsync_WhenCanceledWhileItIsCreated_StillLearnsWhatThereIsToCancel()
    {
        _rig.Script(null, new() { Hold = "model" });
        using var source = new CancellationTokenSource();
        var sending = _rig.BeginAsync(cancellationToken: source.Token);
        await _rig.Simulator.HeldAsync("model");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => _rig.EndAsync(sending));
        _rig.Pictures.Accepted.ShouldHaveSingleItem();
        _rig.NothingIsLeft();
    }
}
