using System.Diagnostics;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>The trace of a request goes with its job.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{TraceId}-b7ad6b7169203331-01";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        ActivitySource.AddActivityListener(_listener);
        _host = await ApiHost.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task Edit_WhenTheCallerHasATrace_KeepsItWithTheJob()
    {
        await _host.EditAsync(Form.Minimal(), ("traceparent", Parent), ("tracestate", "vendor=1"));

        var trace = _host.Submitted.Trace.ShouldNotBeNull();
        trace.Parent.ShouldMatch($"^00-{TraceId}-[0-9a-f]{{16}}-0[01]$");
        trace.Parent.ShouldNotBe(Parent);
        trace.State.ShouldBe("vendor=1");
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("|id.1.")]
    [InlineData("'; drop table jobs; --")]
    public async Task Edit_WhenTheTraceIsMalformed_IgnoresIt(string parent)
    {
        var answer = await _host.EditAsync(Form.Minimal(), ("traceparent", parent), ("tracestate", "vendor=1"));

        answer.Status.ShouldBe(200);
        if (_host.Submitted.Trace is { } trace)
        {
            trace.Parent.ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$");
            trace.Parent.ToUpperInvariant().ShouldNotContain(TraceId.ToUpperInvariant());
        }
    }

    [Fact]
    public async Task Edit_WhenTheTraceStateIsLong_KeepsTheTraceWithoutIt()
    {
        await _host.EditAsync(Form.Minimal(), ("traceparent", Parent), ("tracestate", $"vendor={new string('x', 600)}"));

        var trace = _host.Submitted.Trace.ShouldNotBeNull();
        trace.Parent.ShouldContain(TraceId);
        trace.State.ShouldBeNull();
    }
}
