using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>What cannot work together does not start.</summary>
[Collection(ClusterCollection.Name)]
public sealed class RefusalTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Start_WhenTheStoreIsNotShared_NamesTheKey()
    {
        var configuration = cluster.Configuration();
        configuration["Store"] = new JsonObject { ["Kind"] = "sqlite" };

        var (code, output) = await ServiceProcess.FailAsync(cluster.Fresh(SiloProgram.Path), configuration);

        code.ShouldBe(2, output);
        output.ShouldContain("MPilot:Store:Kind");
    }

    [Fact]
    public async Task Start_WhenTheFolderOfPicturesIsNotSaidToBeShared_NamesTheKey()
    {
        var configuration = cluster.Configuration();
        configuration["Artifacts"]!.AsObject().Remove("Shared");

        var (code, output) = await ServiceProcess.FailAsync(cluster.Fresh(SiloProgram.Path), configuration);

        code.ShouldBe(2, output);
        output.ShouldContain("MPilot:Artifacts:Shared");
    }

    [Fact]
    public async Task Start_WhenSilosUseTheDatabase_TheServiceOfOneProcessRefuses()
    {
        var (code, output) = await ServiceProcess.FailAsync(cluster.Fresh(), Alone(cluster.Configuration()));

        code.ShouldBe(1, output);
        output.ShouldContain($"Another process uses the database {cluster.Database}");
    }

    [Fact]
    public async Task Start_WhenTheServiceOfOneProcessUsesTheDatabase_ASiloRefuses()
    {
        var database = await cluster.CreateDatabaseAsync();
        var configuration = cluster.Configuration(database: database);
        await using var service = await ServiceProcess.StartAsync(cluster.Fresh(), Alone(configuration));

        var (code, output) = await ServiceProcess.FailAsync(cluster.Fresh(SiloProgram.Path), configuration);

        code.ShouldBe(1, output);
        output.ShouldContain($"Another process uses the database {database}");
    }

    [Fact]
    public async Task Start_WhenSilosOutliveARestartOfTheServer_TheServiceOfOneProcessStillRefuses()
    {
        await using var server = await PostgresServer.StartAsync();
        var configuration = SiloConfiguration.Of([], server.ConnectionTo(await server.CreateDatabaseAsync()), cluster.Fresh().Artifacts);
        await using var silo = await ServiceProcess.StartAsync(cluster.Fresh(SiloProgram.Path), configuration);
        await server.StopAsync();
        await server.ResumeAsync();
        await silo.SaidAsync("The share of the lock on the database was lost, and is taken again");

        var (code, output) = await ServiceProcess.FailAsync(cluster.Fresh(), Alone(configuration));

        code.ShouldBe(1, output);
        output.ShouldContain("Another process uses the database");
    }

    private static JsonObject Alone(JsonObject configuration)
    {
        var alone = configuration.DeepClone().AsObject();
        alone.Remove("Cluster");
        return alone;
    }
}
