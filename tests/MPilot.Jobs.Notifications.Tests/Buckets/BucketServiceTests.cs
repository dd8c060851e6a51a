using System.Globalization;

using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Buckets;

public sealed class BucketServiceTests : IAsyncLifetime
{
    private const int HangGuard = 60_000;

    /// <summary>How much later than it is due something may be tried: the service looks by itself once a second.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    /// <summary>Where the clock runs while calls are out, none of them may end for that.</summary>
    private readonly BucketRig _rig = new(o => o.Timeout = TimeSpan.FromHours(12));

    private WebhookReceiver _receiver = null!;

    private BucketPut Put => _rig.Store.Puts.Single();

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenBrought_IsPutAsItIsAndNothingElse()
    {
        var picture = Png.Of(640, 480);
        await _rig.StartAsync();
        await _rig.JobAsync([picture], _receiver.At("/200/a%2Fb/x.png?X-Amz-Credential=k%2F20260202&X-Amz-SignedHeaders=host&X-Amz-Signature=ab%2Bc%3D"));
        await _rig.RunAsync();

        var call = _receiver.Receipts.Single();
        call.Bytes.ToArray().ShouldBe(picture);
        (call.Method, call.Target).ShouldBe(("PUT", "/200/a%2Fb/x.png?X-Amz-Credential=k%2F20260202&X-Amz-SignedHeaders=host&X-Amz-Signature=ab%2Bc%3D"));
        call.Headers.Keys.ShouldBe(["Host", "Content-Type", "Content-Length", "User-Agent", "Expect"], ignoreOrder: true);
        (call.Headers["Content-Type"], call.Headers["Content-Length"]).ShouldBe(("image/png", picture.Length.ToString(CultureInfo.InvariantCulture)));
        (Put.Status, Put.Attempts, Put.Url).ShouldBe((BucketPutStatus.Delivered, 1, null));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Pictures_WhenThereAreSeveral_EachGoToTheirOwnUrl()
    {
        byte[][] pictures = [Png.Of(16, 16), Png.Of(17, 17), Png.Of(18, 18)];
        await _rig.StartAsync();
        await _rig.JobAsync(pictures, _receiver.At("/200/0"), _receiver.At("/201/1"), _receiver.At("/204/2"));
        await _rig.RunAsync();

        _receiver.Receipts.OrderBy(r => r.Path[^1]).Select(r => r.Bytes.ToArray()).ShouldBe(pictures);
        _rig.Store.Puts.ShouldAllBe(p => p.Status == BucketPutStatus.Delivered && p.Url == null);
    }

    [Theory(Timeout = HangGuard)]
    [InlineData("sv=2026-02-06&sr=b&sp=cw&sig=a%2Bb%3D", true)]
    [InlineData("X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature=00ff", false)]
    [InlineData("AWSAccessKeyId=k&Signature=s&Expires=1", false)]
    [InlineData("sig=only", false)]
    public async Task Picture_WhenAzureSignedTheUrl_SaysWhatKindOfBlobItIs(string query, bool isAzure)
    {
        await _rig.StartAsync();
        await _rig.JobAsync(_receiver.At($"/200?{query}"));
        await _rig.RunAsync();

        _receiver.Receipts.Single().Headers.GetValueOrDefault("x-ms-blob-type").ShouldBe(isAzure ? "BlockBlob" : null);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheServerRecovers_IsBroughtBySchedule()
    {
        var calls = new List<DateTimeOffset>();
        _receiver.Answer = _ =>
        {
            calls.Add(_rig.Time.GetUtcNow());
            return calls.Count < 3 ? 500 : 200;
        };
        await _rig.StartAsync();
        await _rig.JobAsync(_receiver.At("/200"));
        await _rig.RunAsync();

        (Put.Status, Put.Attempts).ShouldBe((BucketPutStatus.Delivered, 3));
        (calls[1] - calls[0]).ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5) + Late);
        (calls[2] - calls[1]).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30) + Late);
        _receiver.Receipts.Select(r => r.Bytes.ToArray()).ShouldAllBe(b => b.SequenceEqual(Png.Of(16, 12)));
    }

    [Theory(Timeout = HangGuard)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task Picture_WhenTheServerStaysIll_IsGivenUpAfterTheSchedule(int status)
    {
        await _rig.StartAsync();
        await _rig.JobAsync(_receiver.At($"/{status}"));
        await _rig.RunAsync();

        (Put.Status, Put.Outcome, Put.Attempts, Put.Url).ShouldBe((BucketPutStatus.Failed, DeliveryOutcome.Rejected, 6, null));
        (Put.EndedAt!.Value - ManualTime.Start).ShouldBeInRange(TimeSpan.FromSeconds(2555), TimeSpan.FromSeconds(2555) + (6 * Late));
    }

    [Theory(Timeout = HangGuard)]
    [InlineData("/403", DeliveryOutcome.Rejected)]
    [InlineData("/404", DeliveryOutcome.Rejected)]
    [InlineData("/400", DeliveryOutcome.Rejected)]
    [InlineData("/410", DeliveryOutcome.Gone)]
    [InlineData("/307", DeliveryOutcome.Redirected)]
    public async Task Picture_WhenTheUrlIsRefused_IsGivenUpAtOnce(string path, DeliveryOutcome outcome)
    {
        await _rig.StartAsync();
        await _rig.JobAsync(_receiver.At(path));
        await _rig.RunAsync();

        (Put.Status, Put.Outcome, Put.Attempts, Put.Url).ShouldBe((BucketPutStatus.Failed, outcome, 1, null));
        _receiver.Receipts.Single().Path.ShouldBe(path);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheUrlIsRefusedAtItsHead_IsNotSent()
    {
        await using var bucket = new RudeBucket(resetsAfter: null);
        await _rig.StartAsync();
        await _rig.JobAsync([new byte[8 << 20]], bucket.Url);
        await _rig.RunAsync();

        (Put.Status, Put.Outcome, bucket.Calls).ShouldBe((BucketPutStatus.Failed, DeliveryOutcome.Rejected, 1));
        bucket.BodyBytes.ShouldBe(0);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheConnectionBreaksAmidIt_IsTriedAgain()
    {
        await using var bucket = new RudeBucket(resetsAfter: 100_000);
        await _rig.StartAsync();
        await _rig.JobAsync([new byte[8 << 20]], bucket.Url);
        await _rig.RunAsync();

        (Put.Status, Put.Outcome, bucket.Calls).ShouldBe((BucketPutStatus.Failed, DeliveryOutcome.Unreachable, 6));
        bucket.BodyBytes.ShouldBeInRange(600_000, 6 * (8 << 20));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheServerAsksToWait_WaitsSoLong()
    {
        var calls = new List<DateTimeOffset>();
        _receiver.Answer = http =>
        {
            calls.Add(_rig.Time.GetUtcNow());
            http.Response.Headers.RetryAfter = "90";
            return calls.Count == 1 ? 429 : 200;
        };
        await _rig.StartAsync();
        await _rig.JobAsync(_receiver.At("/200"));
        await _rig.RunAsync();

        (calls[1] - calls[0]).ShouldBeInRange(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90) + Late);
        Put.Status.ShouldBe(BucketPutStatus.Delivered);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheServerHangs_IsTriedAgainAfterTheTimeout()
    {
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.OnReceived = _ => hung.TrySetResult();
        await using var rig = new BucketRig();
        await rig.JobAsync(_receiver.At("/hang"));
        await rig.StartAsync();
        await hung.Task;

        rig.Time.Advance(rig.Options.Timeout);
        await rig.Store.WhenPutsAsync(puts => puts.Single().Attempts == 1);

        var put = rig.Store.Puts.Single();
        (put.Status, put.Outcome).ShouldBe((BucketPutStatus.Pending, DeliveryOutcome.TimedOut));
        (put.DueAt!.Value - ManualTime.Start).ShouldBeGreaterThanOrEqualTo(rig.Options.Timeout + TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenPrivateHostsAreNotAllowed_GoesNowhere()
    {
        await using var rig = new BucketRig(o => o.AllowPrivateHosts = false);
        rig.Addresses.Resolve("rebinding.example", "127.0.0.1");
        rig.Addresses.Resolve("inside.example", "169.254.169.254");
        await rig.StartAsync();
        await rig.JobAsync($"https://rebinding.example:{_receiver.Port}/x", "https://inside.example/x", _receiver.At("/200"));
        await rig.RunAsync();

        _receiver.Receipts.ShouldBeEmpty();
        rig.Store.Puts.Select(p => (p.Status, p.Outcome, p.Attempts)).ShouldBe(Enumerable.Repeat((BucketPutStatus.Failed, (DeliveryOutcome?)DeliveryOutcome.AddressRefused, 1), 3));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenItIsGoneOrItsTimeIsOver_IsGivenUp()
    {
        await _rig.JobAsync(_receiver.At("/200/lost"));
        _rig.Artifacts.Clear();
        _rig.ResultLife = TimeSpan.FromSeconds(20);
        await _rig.JobAsync(_receiver.At("/500/short"));
        await _rig.StartAsync();
        await _rig.RunAsync();

        _rig.Store.Puts.Select(p => (p.Status, p.Outcome, p.Attempts)).ShouldBe(
            [
                (BucketPutStatus.Failed, DeliveryOutcome.SubjectGone, 1),
                (BucketPutStatus.Failed, DeliveryOutcome.Rejected, 2),
            ],
            ignoreOrder: true);
        _receiver.Receipts.Select(r => r.Path).ShouldBe(["/500/short", "/500/short"]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheServiceWasAwayPastItsTime_IsNotBrought()
    {
        await _rig.JobAsync(_receiver.At("/200"));
        _rig.Time.Advance(_rig.ResultLife);
        await _rig.StartAsync();
        await _rig.RunAsync();

        (Put.Status, Put.Outcome).ShouldBe((BucketPutStatus.Failed, DeliveryOutcome.SubjectGone));
        _receiver.Receipts.ShouldBeEmpty();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Server_WhenItIsDead_HoldsUpNobodyElse()
    {
        const int Jobs = 100;
        await using var dead = new RudeBucket(resetsAfter: 0);
        await _rig.StartAsync();
        for (var i = 0; i < Jobs; i++)
        {
            await _rig.JobAsync(dead.Url, _receiver.At("/200"));
        }

        await _rig.RunAsync();

        var good = _rig.Store.Puts.Where(p => p.Slot == 1).ToList();
        good.ShouldAllBe(p => p.Status == BucketPutStatus.Delivered && p.Attempts == 1 && p.EndedAt < ManualTime.Start.AddSeconds(60));
        _rig.Store.Puts.Where(p => p.Slot == 0).ShouldAllBe(p => p.Status == BucketPutStatus.Failed && p.Attempts == 6);
        dead.Calls.ShouldBeLessThan(Jobs);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenAnotherNodeDiedWithIt_IsTakenOver()
    {
        await _rig.JobAsync(_receiver.At("/200"));
        IBucketPuts puts = _rig.Store;
        var now = _rig.Time.GetUtcNow();
        var dead = await _rig.Store.RegisterAsync("node-0", now, expireOthers: false, default);
        (await puts.ClaimAsync(new(Put.Target, "node-0", dead, now, 10), default)).Count.ShouldBe(1);
        await _rig.StartAsync();
        await _rig.Store.TakeOverAsync(now, default);

        await _rig.Time.PumpUntilAsync(_rig.Store.WhenPutsAsync(all => all.All(p => p.Status == BucketPutStatus.Delivered)), TimeSpan.FromSeconds(1));

        _receiver.Receipts.Length.ShouldBe(1);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenTheStoreIsAwayAfterTheCall_IsRecordedAndNotBroughtAgain()
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.OnReceived = _ =>
        {
            _rig.Store.IsAway = true;
            called.TrySetResult();
        };
        await _rig.JobAsync(_receiver.At("/200"));
        await _rig.StartAsync();
        await called.Task;
        var recorded = _rig.Store.WhenPutsAsync(all => all.All(p => p.Status == BucketPutStatus.Delivered));
        await _rig.Time.WhenTimerWithinAsync(TimeSpan.FromSeconds(1));

        _rig.Store.IsAway = false;
        await _rig.Time.PumpUntilAsync(recorded, TimeSpan.FromSeconds(1));

        _receiver.Receipts.Length.ShouldBe(1);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Logs_WhenEverythingFails_NeverHoldTheUrl()
    {
        const string Secret = "s3cr3t-signature";
        await _rig.JobAsync(_receiver.At($"/403?sig={Secret}"), _receiver.At($"/500?sig={Secret}"), _receiver.AtTls($"/200?sig={Secret}"), $"https://nowhere.example/?sig={Secret}");
        await _rig.StartAsync();
        await _rig.RunAsync();

        _rig.Store.Puts.ShouldAllBe(p => p.Status == BucketPutStatus.Failed);
        _rig.Logs.Lines.Count.ShouldBeGreaterThanOrEqualTo(4);
        _rig.Logs.Lines.ShouldAllBe(l => !l.Contains(Secret) && !l.Contains("127.0.0.1") && !l.Contains("nowhere"));
        _rig.Store.Puts.ShouldAllBe(p => !p.ToString().Contains(Secret));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Picture_WhenItsUrlIsStillKnown_IsNotInItsText()
    {
        await _rig.JobAsync(_receiver.At("/200?sig=s3cr3t"));

        Put.Url.ShouldNotBeNull();
        $"{Put}".ShouldBe($"{Put.Job}/0 Pending");
        new BucketRecord(Put, "node-1", 1, new(ManualTime.Start, TimeSpan.Zero, DeliveryOutcome.Accepted), new(BucketPutStatus.Delivered)).ToString().ShouldNotContain("s3cr3t");
    }
}
