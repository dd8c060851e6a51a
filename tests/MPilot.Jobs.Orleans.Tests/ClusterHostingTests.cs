using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Hosting;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Silo;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>What a node of a cluster cannot run by is told before anything is opened, each under its full key, with all that is wrong besides.</summary>
public sealed class ClusterHostingTests
{
    [Theory]
    [InlineData("", "MPilot:Store:Kind", "MPilot:Artifacts:Shared")]
    [InlineData("Artifacts:Shared=true", "MPilot:Store:Kind")]
    [InlineData("Store:Kind=postgres;Store:ConnectionString=Host*db,Database*jobs", "MPilot:Artifacts:Shared")]
    [InlineData("Store:Kind=postgres;Artifacts:Shared=true", "MPilot:Store:ConnectionString")]
    [InlineData(
        "Store:Kind=postgres;Store:ConnectionString=Host*db,Database*jobs;Artifacts:Shared=true;Cluster:Membership=localhost;Cluster:Role=api", "MPilot:Cluster:PrimaryPort")]
    [InlineData("Artifacts:Shared=true;Cluster:Role=leader;Http:Prot=1", "MPilot:Store:Kind", "MPilot:Cluster:Role", "MPilot:Http:Prot")]
    public async Task Build_WhenANodeCannotRunBySomething_NamesAllOfIt(string settings, params string[] keys)
    {
        var source = new ConfigurationSource { Overrides = Parse(settings), Environment = new Dictionary<string, string>() };

        var refused = await Should.ThrowAsync<ConfigurationException>(() => JobsApplication.BuildAsync(source, new ClusterHosting(), CancellationToken.None));

        refused.Mistakes.Select(m => m.Key).ShouldBe(keys, ignoreOrder: true);
        keys.ShouldAllBe(key => refused.Message.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("postgres", "both", null)]
    [InlineData("postgres", "api", null)]
    [InlineData("localhost", "silo", null)]
    [InlineData("localhost", "both", 11111)]
    [InlineData("localhost", "api", 11111)]
    public void Validate_WhenStoreAndPicturesAreShared_FindsNothing(string membership, string role, int? primary)
        => new ClusterHosting().Validate(new MPilotOptions
        {
            Store = { Kind = "postgres" }, Artifacts = { Shared = true }, Cluster = { Membership = membership, Role = role, PrimaryPort = primary },
        }).ShouldBeEmpty();

    [Theory]
    [InlineData("both", true)]
    [InlineData("api", true)]
    [InlineData("silo", false)]
    public void AnswersCalls_WhenARoleIsGiven_IsTrueForThoseThatDo(string role, bool answers)
        => new ClusterHosting().AnswersCalls(new MPilotOptions { Cluster = { Role = role } }).ShouldBe(answers);

    /// <summary><c>Key=value;…</c> below the section, with <c>*</c> and <c>,</c> for what a connection string has in their place.</summary>
    private static Dictionary<string, string?> Parse(string settings)
        => settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('='))
            .ToDictionary(s => $"MPilot:{s[0]}", s => (string?)s[1].Replace('*', '=').Replace(',', ';'), StringComparer.Ordinal);
}
