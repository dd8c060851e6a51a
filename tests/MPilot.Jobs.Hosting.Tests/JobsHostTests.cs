using System.Net;
using System.Net.Sockets;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests;

/// <summary>What keeps the program from starting is one line and an exit code.</summary>
public sealed class JobsHostTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly RecordedLogs _logs = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _logs.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Run_WhenThePortIsTaken_SaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        (await RunAsync("--port", $"{port}", "--data", _workspace.Data)).ShouldBe(JobsHost.CannotStart);
        Line().ShouldContain($":{port}");
        Line().ShouldContain("in use");
    }

    [Fact]
    public async Task Run_WhenTheDataDirectoryIsTaken_SaysSo()
    {
        await using var other = await Services.BuildAsync(_workspace);
        (await RunAsync("--port", "0", "--data", _workspace.Data)).ShouldBe(JobsHost.CannotStart);
        Line().ShouldContain(_workspace.Data);
    }

    [Theory]
    [InlineData("/proc/mpilot")]
    [InlineData("/dev/null/data")]
    public async Task Run_WhenTheDataDirectoryCannotBeMade_SaysSo(string data)
    {
        (await RunAsync("--port", "0", "--data", data)).ShouldBe(JobsHost.CannotStart);
        Line().ShouldContain(data);
    }

    [Fact]
    public async Task Run_WhenTheDataDirectoryMayNotBeWritten_SaysSo()
    {
        (await RunAsync((_, _) => throw new UnauthorizedAccessException("Access to the path is denied."), "--port", "0")).ShouldBe(JobsHost.CannotStart);
        Line().ShouldContain("denied");
    }

    [Fact]
    public async Task Run_WhenANewerVersionUsedTheDatabase_SaysSo()
    {
        await Databases.MakeNewerAsync(_workspace);
        (await RunAsync("--port", "0", "--data", _workspace.Data)).ShouldBe(JobsHost.CannotStart);
        Line().ShouldContain("9999");
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    public async Task Run_WhenThePortIsNone_NamesTheOption(string port)
    {
        (await RunAsync("--port", port, "--data", _workspace.Data)).ShouldBe(JobsHost.BadConfiguration);
        _error.ToString().ShouldContain("MPilot:Http:Listen: ");
    }

    [Theory]
    [InlineData("--prot", "1")]
    [InlineData("--port", "http")]
    [InlineData("--port")]
    [InlineData("up")]
    public async Task Run_WhenTheCommandLineIsNotUnderstood_SaysSoInOneLine(params string[] args)
    {
        (await RunAsync(args)).ShouldBe(JobsHost.BadConfiguration);
        Line().ShouldContain(args[0]);
    }

    [Fact]
    public async Task Run_WhenTheFileHasMistakes_NamesEachOnALine()
    {
        var file = _workspace.Write("bad.json", """{"MPilot":{"Colour":"red","Data":""}}""");
        (await RunAsync("--config", file)).ShouldBe(JobsHost.BadConfiguration);
        var lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines.ShouldContain(l => l.StartsWith("MPilot:Colour: ", StringComparison.Ordinal));
        lines.ShouldContain(l => l.StartsWith("MPilot:Data: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WhenToldToStop_EndsWell()
    {
        using var stop = new CancellationTokenSource();
        var run = JobsHost.RunAsync(
            ["--port", "0", "--data", _workspace.Data],
            new HookedHosting((services, options) =>
            {
                services.AddEmbeddedEngine(options);
                services.AddHostedService(provider => new OnceStarted(provider, stop.Cancel));
            }),
            Services.NoEnvironment, _error, stop.Token);
        (await run.WaitAsync(JobsApplication.ShutdownTimeout)).ShouldBe(0);
        _error.ToString().ShouldBeEmpty();
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(EmbeddedEngineServices.AddEmbeddedEngine, args);

    private Task<int> RunAsync(Action<IServiceCollection, MPilotOptions> addEngine, params string[] args)
        => JobsHost.RunAsync(
            args,
            new HookedHosting((services, options) =>
            {
                services.AddSingleton<ILoggerProvider>(_logs);
                addEngine(services, options);
            }),
            Services.NoEnvironment, _error, CancellationToken.None);

    /// <summary>The one line said, with no stack trace said or logged besides.</summary>
    private string Line()
    {
        _logs.Lines.ShouldAllBe(l => l.Failure == null);
        return _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }
}
