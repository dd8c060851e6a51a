using System.Security.Cryptography;
using System.Text.Json;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.OpenAi;

public sealed class OpenAiDriverTests : IAsyncLifetime
{
    private Simulator _simulator = null!;
    private DriverRig _rig = null!;

    public async Task InitializeAsync()
    {
        _simulator = await Simulator.StartAsync();
        _rig = OpenAiRig.Against(_simulator.BaseUrl);
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_WhenThreePicturesAreAsked_DeliversThemWithUsage()
    {
        _simulator.Script(new ScriptAction { PictureBytes = 300_000 });

        var delivered = (await _rig.SendAsync(_rig.Spec() with { Quality = "high" }, count: 3)).ShouldBeOfType<DriverAnswer.Delivered>();

        delivered.Pictures.Length.ShouldBe(3);
        delivered.Pictures.Select(p => p.Upload.Sha256).Distinct().Count().ShouldBe(3);
        delivered.Pictures.ShouldAllBe(p => p.Upload.Length > 200_000);
        delivered.Usage.ShouldNotBeNull();
        delivered.Usage.TotalTokens.ShouldBe(delivered.Usage.InputTokens + delivered.Usage.OutputTokens);
        delivered.Usage.InputTokens.ShouldBe(delivered.Usage.InputImageTokens + delivered.Usage.InputTextTokens);
        delivered.Quality.ShouldBe("high");
        delivered.Background.ShouldBe("opaque");
        _simulator.Ledger.Purchases.ShouldHaveSingleItem().Pictures.ShouldBe(3);
        _rig.NothingIsLeft(delivered: 3);
    }

    [Fact]
    public async Task SendAsync_WhenEditIsFull_SendsTextsFirstAndPicturesUnchanged()
    {
        var spec = _rig.Spec(images: 2);
        var mask = _rig.Pictures.Add("mask", DriverRig.Png(9), Edits.Png, ArtifactRole.Mask);
        spec = spec with
        {
            Type = EditType.Inpainting, Mask = mask, Size = new(1536, 1024), Quality = "low", Background = "opaque", InputFidelity = "low",
            OutputFormat = "webp", OutputCompression = 40, User = "u-1",
        };
        _rig.Pictures.FirstByte = (byte)'R';

        (await _rig.SendAsync(spec, count: 2, model: "gpt-image-1.5")).ShouldBeOfType<DriverAnswer.Delivered>();

        var call = _simulator.Ledger.Calls.ShouldHaveSingleItem();
        call.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}").ShouldBe(
        [
            "background=opaque", "input_fidelity=low", "model=gpt-image-1.5", "n=2", "output_compression=40", "output_format=webp",
            "prompt=make it blue", "quality=low", "size=1536x1024", "user=u-1",
        ]);
        call.Order.TakeLast(3).ShouldBe(["image[]", "image[]", "mask"]);
        call.Parts.Select(p => p.FileName).ShouldBe(["image-1.png", "image-2.png", "mask.png"]);
        call.Parts.Select(p => p.Sha256).ShouldBe(new[] { 0, 1, 9 }.Select(seed => Convert.ToHexStringLower(SHA256.HashData(DriverRig.Png(seed)))));
        call.Key.ShouldBe(OpenAiRig.Secret[^4..]);
    }

    [Fact]
    public async Task SendAsync_WhenBackgroundIsRemoved_AsksForTransparencyInItsOwnWords()
    {
        var planned = _rig.Driver.Plan(_rig.Spec() with { Type = EditType.BackgroundRemoval, Prompt = null }, "gpt-image-2").Sent!;

        (await _rig.SendAsync(planned)).ShouldBeOfType<DriverAnswer.Delivered>();

        var fields = _simulator.Ledger.Calls.ShouldHaveSingleItem().Fields;
        fields["prompt"].ShouldContain("Remove the background");
        fields["background"].ShouldBe("transparent");
        fields["output_format"].ShouldBe("png");
        fields.ContainsKey("type").ShouldBeFalse();
        _simulator.Ledger.Calls[0].Order.ShouldContain("image");
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(2_000)]
    public async Task SendAsync_WhenBodiesAreToBeSeen_ShowsThemWithoutPicturesAndKeys(int length)
    {
        _simulator.Script(new ScriptAction { PictureBytes = length });
        var spec = _rig.Spec(images: 2) with { Prompt = $"draw {OpenAiRig.Secret}", Size = new(1024, 1024) };

        var delivered = (await _rig.SendAsync(spec)).ShouldBeOfType<DriverAnswer.Delivered>();

        _rig.Pictures.Shown[WireSide.Request].ShouldBe(
            """{"model":"gpt-image-2","prompt":"draw [hidden]","n":"1","size":"1024x1024","image[]":["<png, 5000 bytes>","<png, 5000 bytes>"]}""");
        var shown = _rig.Pictures.Shown[WireSide.Response];
        var picture = JsonDocument.Parse(shown).RootElement.GetProperty("data")[0].GetProperty("b64_json").GetString()!;
        picture.ShouldMatch($"^<(png|picture), {delivered.Pictures[0].Upload.Length} bytes>$");
        JsonDocument.Parse(shown).RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt64().ShouldBe(delivered.Usage!.TotalTokens!.Value);
        shown.Length.ShouldBeLessThan(1500);
    }

    [Fact]
    public async Task SendAsync_WhenTheAnswerIsAStream_ShowsItsLastEvent()
    {
        (await _rig.SendAsync(_rig.Spec() with { Stream = true, PartialImages = 1 })).ShouldBeOfType<DriverAnswer.Delivered>();

        var shown = JsonDocument.Parse(_rig.Pictures.Shown[WireSide.Response]).RootElement;
        shown.GetProperty("type").GetString().ShouldBe("image_edit.completed");
        shown.GetProperty("b64_json").GetString()!.ShouldMatch("^<(png|picture), [0-9]+ bytes>$");
    }

    [Fact]
    public async Task SendAsync_WhenTheProviderFails_ShowsNoAnswer()
    {
        _simulator.Script(new ScriptAction { EmptyData = true });

        await _rig.FailAsync();

        _rig.Pictures.Shown.Keys.ShouldBe([WireSide.Request]);
    }

    [Fact]
    public async Task SendAsync_WhenAnswerHoldsLinks_FetchesThem()
    {
        _simulator.Script(new ScriptAction { NoB64 = true, PictureBytes = 300_000 });

        var delivered = (await _rig.SendAsync(_rig.Spec(), count: 2)).ShouldBeOfType<DriverAnswer.Delivered>();

        delivered.Pictures.Length.ShouldBe(2);
        delivered.Pictures.ShouldAllBe(p => p.Upload.Length > 200_000);
        _rig.NothingIsLeft(delivered: 2);
    }

    public static TheoryData<string, FailureKind, bool> Faults() => new()
    {
        { "reset before", FailureKind.TimedOut, false },
        { "reset after", FailureKind.TimedOut, true },
        { "truncated", FailureKind.TimedOut, true },
        { "wrong bytes", FailureKind.Broken, true },
        { "empty", FailureKind.Broken, true },
        { "invalid", FailureKind.Broken, true },
        { "moderation", FailureKind.Refused, false },
        { "quota", FailureKind.Quota, false },
        { "key", FailureKind.Credentials, false },
        { "busy", FailureKind.Transient, false },
        { "slow down", FailureKind.RateLimited, false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task SendAsync_WhenProviderFails_NamesTheKind(string fault, FailureKind kind, bool purchased)
    {
        _simulator.Script(fault switch
        {
            "reset before" => new ScriptAction { ResetBeforeBody = true },
            "reset after" => new() { ResetAfterPurchase = true },
            "truncated" => new() { Truncate = 100_000, PictureBytes = 300_000 },
            "wrong bytes" => new() { WrongBytes = true },
            "empty" => new() { EmptyData = true },
            "invalid" => new() { InvalidJson = true },
            "moderation" => new() { Moderation = true },
            "quota" => new() { Quota = true },
            "key" => new() { RefuseKey = true },
            "busy" => new() { Status = 503, Message = "overloaded" },
            _ => new() { Status = 429, Code = "rate_limit_exceeded", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "3" } },
        });

        var failure = await _rig.FailAsync();

        failure.Kind.ShouldBe(kind);
        (failure.Message ?? "").ShouldNotContain(OpenAiRig.Secret);
        failure.RetryAfter.ShouldBe(kind == FailureKind.RateLimited ? TimeSpan.FromSeconds(3) : null);
        _simulator.Ledger.Purchases.Count.ShouldBe(purchased ? 1 : 0);
        _rig.NothingIsLeft();
    }

    [Fact]
    public async Task SendAsync_WhenModelIsUnknown_IsUnsupported()
    {
        var failed = (await _rig.SendAsync(_rig.Spec(), model: "dall-e-2")).ShouldBeOfType<DriverAnswer.Failed>();

        failed.Failure.Kind.ShouldBe(FailureKind.Unsupported);
        failed.Failure.Code.ShouldBe("model_not_found");
    }

    [Fact]
    public async Task SendAsync_WhenCanceledWhileProviderThinks_LetsTheCancellationThrough()
    {
        _simulator.Script(new ScriptAction { Hold = "thinking" });
        using var source = new CancellationTokenSource();
        var sending = _rig.SendAsync(_rig.Spec(), cancellationToken: source.Token);
        await _simulator.HeldAsync("thinking");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        _rig.NothingIsLeft();
    }

    [Theory]
    [InlineData(401, FailureKind.Credentials)]
    [InlineData(429, FailureKind.RateLimited)]
    public async Task SendAsync_WhenRefusedBeforeALargeUploadIsRead_StillHearsTheRefusal(int status, FailureKind kind)
    {
        _simulator.Script(new ScriptAction { BeforeBody = true, Status = status });
        var large = _rig.Pictures.Add("large", DriverRig.Png(1, 40 << 20), Edits.Png);

        var failed = (await _rig.SendAsync(_rig.Spec() with { Images = [large] })).ShouldBeOfType<DriverAnswer.Failed>();

        failed.Failure.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task SendAsync_WhenUploadIsLarge_ArrivesWhole()
    {
        var large = _rig.Pictures.Add("large", DriverRig.Png(1, 3 << 20), Edits.Png);

        (await _rig.SendAsync(_rig.Spec() with { Images = [large] })).ShouldBeOfType<DriverAnswer.Delivered>();

        _simulator.Ledger.Calls.ShouldHaveSingleItem().Parts.ShouldHaveSingleItem().Length.ShouldBe(3 << 20);
    }

    [Fact]
    public async Task SendAsync_WhenNobodyListens_IsTransient()
    {
        var address = _simulator.BaseUrl;
        await _simulator.DisposeAsync();
        await using var rig = OpenAiRig.Against(address);

        (await rig.FailAsync()).Kind.ShouldBe(FailureKind.Transient);
    }

    [Fact]
    public async Task SendAsync_WhenOwnStoreFails_SaysThatAndNotTheProvider()
    {
        var spec = _rig.Spec();
        var shortened = spec.Images[0] with { Artifact = spec.Images[0].Artifact with { Length = 6000 } };

        await Should.ThrowAsync<StoreUnavailableException>(() => _rig.SendAsync(spec with { Images = [shortened] }));
    }
}
