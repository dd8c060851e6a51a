using System.Text.Json;
using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Metrics;

/// <summary>The dashboard shows what there is.</summary>
public sealed partial class DashboardTests
{
    [Fact]
    public async Task Dashboard_WhenItNamesAMetric_NamesOneThereIs()
    {
        await using var host = await ApiHost.StartAsync();
        using var dashboard = Read();
        var queries = Queries(dashboard.RootElement).ToList();

        var used = queries.SelectMany(q => Metric().Matches(q).Select(m => Histogram().Replace(m.Value, ""))).Distinct().ToList();

        queries.ShouldAllBe(q => Metric().IsMatch(q));
        used.Except(host.Metrics.Names.Select(n => Histogram().Replace(n, ""))).ShouldBeEmpty();
        used.ShouldContain("mpilot_attempts_ended_total");
    }

    private static JsonDocument Read()
    {
        using var stream = typeof(DashboardTests).Assembly.GetManifestResourceStream("dashboard")!;
        return JsonDocument.Parse(stream);
    }

    private static IEnumerable<string> Queries(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(p => p.NameEquals("expr") ? [p.Value.GetString()!] : Queries(p.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Queries),
        _ => [],
    };

    [GeneratedRegex(@"\b(mpilot|http_server|kestrel|dotnet)_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Histogram();
}
