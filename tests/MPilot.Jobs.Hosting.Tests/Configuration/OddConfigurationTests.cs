using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Hosting.Configuration;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>What people write who have not read the options.</summary>
public sealed class OddConfigurationTests
{
    [Theory]
    [InlineData("""{"MPilot":"local"}""", "MPilot")]
    [InlineData("""{"MPilot":{"Providers":"openai"}}""", "MPilot:Providers")]
    [InlineData("""{"MPilot":{"Providers":{"a":"sk-secret"}}}""", "MPilot:Providers:a")]
    [InlineData("""{"MPilot":{"Providers":{"a":{"Keys":"sk-secret"}}}}""", "MPilot:Providers:a:Keys")]
    [InlineData("""{"MPilot":{"Providers":{"a":{"Models":"gpt-image-*"}}}}""", "MPilot:Providers:a:Models")]
    [InlineData("""{"MPilot":{"Http":"http://127.0.0.1:9000"}}""", "MPilot:Http")]
    public void Read_WhenAValueStandsWhereASectionBelongs_SaysSo(string file, string key)
        => Mistakes(file).ShouldContain(m => m.Key == key && !m.Message.Contains("sk-secret", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"MPilot":{"Jobs":{"Deadline":60}}}""", "MPilot:Jobs:Deadline")]
    [InlineData("""{"MPilot":{"Retention":{"Results":"10000000.00:00:00"}}}""", "MPilot:Retention:Results")]
    [InlineData("""{"MPilot":{"Retention":{"SweepInterval":"60.00:00:00"}}}""", "MPilot:Retention:SweepInterval")]
    [InlineData("""{"MPilot":{"Http":{"DrainTime":"60.00:00:00"}}}""", "MPilot:Http:DrainTime")]
    public void Read_WhenATimeIsAPlainNumberOrTooLong_SaysSo(string file, string key) => Mistakes(file).ShouldContain(m => m.Key == key);

    [Fact]
    public void Build_WhenAKeyIsGivenTwice_SaysSo()
        => Mistakes("""{"MPilot":{"Data":"a","data":"b"}}""").ShouldContain(m => m.Key == "MPilot:data");

    [Fact]
    public void Build_WhenALogLevelIsNone_SaysSo()
        => Mistakes("""{"Logging":{"LogLevel":{"Default":"Loud"}}}""").ShouldContain(m => m.Key == "Logging:LogLevel:Default");

    [Fact]
    public void Read_WhenAVariableIsInCapitals_TheFilesSpellingStays()
    {
        const string File = """{"MPilot":{"Providers":{"openAi_2":{"Kind":"openai","Keys":[{"Secret":"a"},{"Secret":"b"}]}}}}""";
        var options = new MPilotOptions();

        // Without driver kinds the provider is a mistake, but bound.
        Should.Throw<ConfigurationException>(() => Read(
            File, options, ("MPILOT__PROVIDERS__OPENAI_2__TIMEOUT", "00:00:09"), ("MPILOT__PROVIDERS__OPENAI_2__KEYS__1__SECRET", "c")));

        options.Providers.Keys.ShouldBe(["openAi_2"]);
        options.Providers["openAi_2"].Timeout.ShouldBe(TimeSpan.FromSeconds(9));
        options.Providers["openAi_2"].Keys.Select(k => k.Secret).ShouldBe(["a", "c"]);
    }

    private static IReadOnlyList<OptionMistake> Mistakes(string file)
        => Should.Throw<ConfigurationException>(() => Read(file, new MPilotOptions())).Mistakes;

    private static void Read(string json, MPilotOptions options, params (string Name, string Value)[] environment)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            var source = new ConfigurationSource { File = path, Environment = environment.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal) };
            OptionsReader.Read(source.Build(), _ => null, [], _ => [], options);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
