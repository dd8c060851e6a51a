using System.Collections.Concurrent;
using System.Diagnostics;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Telemetry;

public sealed class JobTracingTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string SpanId = "b7ad6b7169203331";

    private readonly World _world = new();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public JobTracingTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Own,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact(Timeout = 20_000)]
    public async Task Attempt_WhenTheJobHasATrace_JoinsItWhateverRunsBesides()
    {
        _world.Providers["a"].Auto = c => c.SucceedAsync();
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        var submission = await SubmissionAsync(new($"00-{TraceId}-{SpanId}-01", "vendor=1"));
        using (new Activity("another request").Start())
        {
            await engine.Jobs.SubmitAsync(submission, CancellationToken.None);
        }

        var span = await AttemptOfAsync(engine, submission.Job.Id);

        (span.TraceId.ToString(), span.ParentSpanId.ToString(), span.TraceStateString).ShouldBe((TraceId, SpanId, "vendor=1"));
        span.Kind.ShouldBe(ActivityKind.Client);
        (span.GetTagItem("mpilot.provider"), span.GetTagItem("mpilot.outcome"), span.GetTagItem("mpilot.attempt")).ShouldBe(("a", "succeeded", 1));
    }

    [Fact(Timeout = 20_000)]
    public async Task Attempt_WhenTheJobHasNoTrace_BeginsOne()
    {
        _world.Providers["a"].Auto = c => c.SucceedAsync();
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        var submission = await SubmissionAsync(null);
        using var other = new Activity("another request").Start();
        await engine.Jobs.SubmitAsync(submission, CancellationToken.None);

        var span = await AttemptOfAsync(engine, submission.Job.Id);

        span.TraceId.ShouldNotBe(other.TraceId);
        span.ParentSpanId.ShouldBe(default);
    }

    [Fact(Timeout = 20_000)]
    public async Task Attempt_WhenItFails_SaysHowAndNothingOfThePrompt()
    {
        _world.Providers["a"].Auto = c =>
        {
            c.Fail(FailureKind.Refused);
            return Task.CompletedTask;
        };
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        var submission = await SubmissionAsync(null);
        submission = submission with { Job = submission.Job with { Spec = submission.Job.Spec with { Prompt = "a secret wish" } } };
        await engine.Jobs.SubmitAsync(submission, CancellationToken.None);

        var span = await AttemptOfAsync(engine, submission.Job.Id);

        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe("refused");
        _ended.SelectMany(s => s.TagObjects).Select(t => $"{t.Value}").ShouldNotContain(t => t.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Current_WhenTheStateIsLong_LeavesItOut(int length, bool isKept)
    {
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        request.TraceStateString = new('x', length);

        JobTracing.Current.ShouldBe(new JobTrace(request.Id!, isKept ? request.TraceStateString : null));
    }

    [Fact]
    public void Current_WhenTheIdIsOfAnotherKind_IsNone()
    {
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.Hierarchical).Start();

        JobTracing.Current.ShouldBeNull();
    }

    private async Task<Engine.Jobs.JobSubmission> SubmissionAsync(JobTrace? trace)
    {
        var submission = await _world.SubmissionAsync();
        return submission with { Job = submission.Job with { Trace = trace } };
    }

    private async Task<Activity> AttemptOfAsync(RunningEmbeddedEngine engine, string job)
    {
        await _world.Store.WhenFinalAsync(job);
        await engine.WhenIdleAsync();
        return _ended.Single(s => s.OperationName == "attempt" && (string?)s.GetTagItem("mpilot.job.id") == job);
    }
}
