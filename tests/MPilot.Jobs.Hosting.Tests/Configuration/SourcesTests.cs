using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>What holds without a file, and which source wins.</summary>
public sealed class SourcesTests
{
    [Fact]
    public void Read_WhenThereIsNothing_ServesLocalOnly()
    {
        var options = Reading.Read(null);
        options.Providers.Keys.ShouldBe(["local"]);
        options.Providers["local"].Kind.ShouldBe("local");
        options.Aliases.ShouldBeEmpty();
    }

    [Fact]
    public void Read_WhenTheOpenAiKeyIsSet_ServesOpenAiTooWithTheAlias()
    {
        var options = Reading.Read(null, new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-x" });
        options.Providers.Keys.ShouldBe(["local", "openai"], ignoreOrder: true);
        options.Providers["openai"].Keys.ShouldHaveSingleItem().Secret.ShouldBe("sk-x");
        options.Aliases.ShouldBe(new Dictionary<string, string> { ["gpt-image-1"] = "openai/gpt-image-2" });
    }

    [Fact]
    public void Read_WhenTheOpenAiKeyIsEmpty_ServesLocalOnly()
        => Reading.Read(null, new Dictionary<string, string> { ["OPENAI_API_KEY"] = "" }).Providers.Keys.ShouldBe(["local"]);

    [Fact]
    public void Read_WhenProvidersAreConfigured_AddsNone()
        => Reading.ReadSection("""{"Providers":{"cut":{"Kind":"local"}}}""", new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-x" })
            .Providers.Keys.ShouldBe(["cut"]);

    [Fact]
    public void Read_WhenAliasesAreConfigured_AddsNone()
        => Reading.ReadSection("""{"Aliases":{"mine":"local/background-removal"}}""", new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-x" })
            .Aliases.Keys.ShouldBe(["mine"]);

    [Fact]
    public void Read_WhenAllSourcesSpeak_TheCommandLineWinsOverEnvironmentOverFile()
    {
        var environment = new Dictionary<string, string> { ["MPILOT__Data"] = "environment", ["MPILOT__Store__Path"] = "environment" };
        var overrides = new Dictionary<string, string?> { ["MPilot:Data"] = "line" };
        var options = Reading.Read("""{"MPilot":{"Data":"file","Store":{"Path":"file"},"Artifacts":{"Path":"file"}}}""", environment, overrides);
        (options.Data, options.Store.Path, options.Artifacts.Path).ShouldBe(("line", "environment", "file"));
    }

    [Theory]
    [InlineData("2027-01-31T12:00:00Z")]
    [InlineData("2027-01-31T14:00:00.0+02:00")]
    [InlineData("2027-01-31T12:00:00")]
    public void Read_WhenThereAreKeys_MayListenAnywhere(string expires)
    {
        var section = $$"""{"Keys":[{"Secret":"env:SHOP","Tenant":"shop","ExpiresAt":"{{expires}}"}],"Http":{"Listen":"http://0.0.0.0:80"} }""";

        var options = Reading.ReadSection(section, new Dictionary<string, string> { ["SHOP"] = "sk-bf-0123456789abcdef" });

        var key = options.Keys.ShouldHaveSingleItem();
        (key.Secret, key.Tenant, key.ExpiresAt).ShouldBe(("sk-bf-0123456789abcdef", "shop", new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero)));
        options.Http.Listen.ShouldBe("http://0.0.0.0:80");
    }

    [Fact]
    public void Read_WhenTheEnvironmentHasLists_FillsThemInTheOrderOfTheirNumbers()
    {
        var environment = Enumerable.Range(0, 12).Reverse()
            .ToDictionary(i => $"MPILOT__Providers__open_ai__Keys__{i}__Secret", i => $"s{i}");
        environment["MPILOT__Providers__open_ai__Kind"] = "openai";
        environment["MPILOT__Providers__open_ai__Models__0"] = "gpt-*";
        var provider = Reading.Read(null, environment).Providers["open_ai"];
        provider.Keys.Select(k => k.Secret).ShouldBe(Enumerable.Range(0, 12).Select(i => $"s{i}"));
        provider.Models.ShouldBe(["gpt-*"]);
    }

    [Fact]
    public void Read_WhenTheEnvironmentChangesOneListItem_KeepsTheRestOfTheFile()
        => Reading.ReadSection(
            """{"Http":{"AllowedOrigins":["https://a.example","https://b.example"]}}""",
            new Dictionary<string, string> { ["MPILOT__Http__AllowedOrigins__1"] = "https://c.example" })
            .Http.AllowedOrigins.ShouldBe(["https://a.example", "https://c.example"]);

    [Theory]
    [InlineData("MPILOT__PROVIDERS__OPENAI__RETRIES")]
    [InlineData("mpilot__providers__openai__retries")]
    [InlineData("MPilot__Providers__OpenAI__Retries")]
    public void Read_WhenTheEnvironmentWritesANameInAnotherCase_MeansTheNameOfTheFile(string variable)
    {
        var options = Reading.ReadSection(
            """{"Providers":{"openai":{"Kind":"openai","Keys":[{"Secret":"s"}]},"local":{"Kind":"local"}},"Aliases":{"a":"openai/b"}}""",
            new Dictionary<string, string> { [variable] = "7" });
        options.Providers.Keys.ShouldBe(["local", "openai"], ignoreOrder: true);
        options.Providers["openai"].Retries.ShouldBe(7);
    }

    [Fact]
    public void Read_WhenAVariableBelongsToSomethingElse_IgnoresIt()
        => Reading.Read(null, new Dictionary<string, string> { ["MPILOT_DATA"] = "x", ["MPILOTS__Data"] = "x", ["Data"] = "x" }).Data.ShouldBe("data");

    [Fact]
    public void Read_WhenAValueNamesAVariable_TakesItsValue()
    {
        var environment = new Dictionary<string, string> { ["KEY"] = "s", ["TRIES"] = "3", ["WAIT"] = "00:01:00" };
        var provider = Reading.ReadSection(
            """{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"env:KEY"}],"Retries":"env:TRIES","Timeout":"env:WAIT"}}}""", environment).Providers["o"];
        (provider.Keys[0].Secret, provider.Retries, provider.Timeout).ShouldBe(("s", 3, TimeSpan.FromMinutes(1)));
    }
}
