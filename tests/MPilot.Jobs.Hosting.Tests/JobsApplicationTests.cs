using System.Net;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Hosting.Tests.Support;
using MPilot.Jobs.Storage;
using MPilot.Jobs.Storage.Sqlite;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests;

/// <summary>The service put together.</summary>
public sealed class JobsApplicationTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Start_OnAFreePort_AnswersThatItIsReady()
    {
        await using var app = await Services.StartAsync(_workspace);
        using var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var answer = await client.GetAsync(new Uri(new Uri(app.Urls.Single()), "/health/ready"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("provider:local");
    }

    [Fact]
    public async Task Build_WhenAnotherHasTheDataDirectory_IsRefused()
    {
        await using var first = await Services.StartAsync(_workspace);
        await Should.ThrowAsync<DataDirectoryInUseException>(() => Services.BuildAsync(_workspace));
    }

    [Fact]
    public async Task Dispose_AfterItRan_LetsTheNextStart()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var app = await Services.StartAsync(_workspace);
            await app.StopAsync();
        }

        File.Exists(Path.Combine(_workspace.Data, "jobs.db-wal")).ShouldBeFalse("the database was closed");
    }

    [Fact]
    public async Task Dispose_BeforeItRan_LetsTheNextStart()
    {
        await using (await Services.BuildAsync(_workspace))
        {
            File.Exists(Path.Combine(_workspace.Data, "jobs.db-wal")).ShouldBeTrue("the database is open");
        }

        File.Exists(Path.Combine(_workspace.Data, "jobs.db-wal")).ShouldBeFalse("the database was closed");
        await using var next = await Services.StartAsync(_workspace);
    }

    [Fact]
    public async Task Build_WhenTheStoreDoesNotOpen_ReleasesTheDataDirectory()
    {
        var database = Path.Combine(_workspace.Data, "jobs.db");
        Directory.CreateDirectory(database);
        await Should.ThrowAsync<StoreUnavailableException>(() => Services.BuildAsync(_workspace));

        Directory.Delete(database);
        await using var next = await Services.StartAsync(_workspace);
    }

    [Fact]
    public async Task Build_WhenANewerVersionUsedTheDatabase_IsRefused()
    {
        await Databases.MakeNewerAsync(_workspace);
        await Should.ThrowAsync<NewerDatabaseException>(() => Services.BuildAsync(_workspace));
    }

    [Fact]
    public async Task Build_WhenItsContainerIsValidated_HasAllThatIsAskedForInTheRightScope()
    {
        IServiceCollection? services = null;
        await using var app = await Services.BuildAsync(_workspace, (all, options) =>
        {
            services = all;
            all.AddEmbeddedEngine(options);
        });

        services.ShouldNotBeNull().ShouldContain(s => s.ServiceType == typeof(SqliteDatabase), "the collection is the one the service is made of");
        Should.NotThrow(() => services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
    }

    [Fact]
    public async Task Stop_WhenNothingIsInFlight_EndsEveryServiceWithinTheLimit()
    {
        await using var app = await Services.StartAsync(_workspace);
        await app.StopAsync().WaitAsync(JobsApplication.ShutdownTimeout);
        app.Lifetime.ApplicationStopped.IsCancellationRequested.ShouldBeTrue();
    }
}
