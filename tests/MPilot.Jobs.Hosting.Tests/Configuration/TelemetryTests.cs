using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>Where traces and metrics go.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void Read_WhenNothingIsSaid_ExportsNothing() => Reading.Read(null).Telemetry.Otlp.Endpoint.ShouldBeNull();

    [Fact]
    public void Read_WhenOnlyTheEnvironmentSpeaks_TakesItsWords()
    {
        var telemetry = Reading.Read(null, Environment()).Telemetry;

        (telemetry.Otlp.Endpoint, telemetry.Otlp.Protocol, telemetry.ServiceName).ShouldBe((new Uri("http://collector:4317"), "grpc", "edits"));
        telemetry.Otlp.Headers.ShouldBe(new Dictionary<string, string> { ["x-key"] = "a=b,c", ["y"] = "" });
        telemetry.ResourceAttributes.ShouldBe(new Dictionary<string, string> { ["team"] = "pictures" });
    }

    [Fact]
    public void Read_WhenTheConfigurationSpeaksToo_ItWins()
    {
        var telemetry = Reading.ReadSection(
            """{"Telemetry":{"ServiceName":"mine","ResourceAttributes":{"a":"1"},"Otlp":{"Endpoint":"https://x","Protocol":"http/protobuf","Headers":{"k":"env:SECRET"}}}}""",
            new Dictionary<string, string>(Environment()) { ["SECRET"] = "s" }).Telemetry;

        (telemetry.Otlp.Endpoint, telemetry.Otlp.Protocol, telemetry.ServiceName).ShouldBe((new Uri("https://x"), "http/protobuf", "mine"));
        telemetry.Otlp.Headers.ShouldBe(new Dictionary<string, string> { ["k"] = "s" });
        telemetry.ResourceAttributes.ShouldBe(new Dictionary<string, string> { ["a"] = "1" });
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "file:///x", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "secret-without-name", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "a=b,=c", "OTEL_RESOURCE_ATTRIBUTES")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "MPilot:Telemetry:Otlp:Protocol")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a b=c", "MPilot:Telemetry:Otlp:Headers:a b")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=b%0Ac", "MPilot:Telemetry:Otlp:Headers:a")]
    public void Read_WhenAVariableIsWrong_NamesItWithoutItsValue(string name, string value, string key)
    {
        var mistake = Reading.MistakesIn("{}", new Dictionary<string, string> { [name] = value }).ShouldHaveSingleItem();

        mistake.Key.ShouldBe(key);
        mistake.Message.ShouldNotContain(value);
    }

    [Theory]
    [InlineData("""{"Telemetry":{"Otlp":{"Endpoint":"nowhere"}}}""", "MPilot:Telemetry:Otlp:Endpoint")]
    [InlineData("""{"Telemetry":{"Otlp":{"Endpoint":"ftp://x"}}}""", "MPilot:Telemetry:Otlp:Endpoint")]
    [InlineData("""{"Telemetry":{"Otlp":{"Endpoint":"http://u:p@x"}}}""", "MPilot:Telemetry:Otlp:Endpoint")]
    [InlineData("""{"Telemetry":{"Otlp":{"Protocol":"carrier pigeon"}}}""", "MPilot:Telemetry:Otlp:Protocol")]
    [InlineData("""{"Http":{"RemoteMetrics":"perhaps"}}""", "MPilot:Http:RemoteMetrics")]
    public void Read_WhenAnOptionIsWrong_NamesIt(string section, string key)
        => Reading.MistakesIn(section).ShouldHaveSingleItem().Key.ShouldBe(key);

    private static Dictionary<string, string> Environment() => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4317",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=a%3Db%2Cc, y=",
        ["OTEL_SERVICE_NAME"] = "edits",
        ["OTEL_RESOURCE_ATTRIBUTES"] = "team=pictures",
    };
}
