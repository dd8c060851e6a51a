using System.Text;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>The configuration file as a file.</summary>
public sealed class FileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Read_WhenTheFileHasCommentsAndTrailingCommas_ReadsIt()
        => Reading.Read("""
            // What this service is for.
            {"MPilot":{"Data":"here", /* and */ "Http":{"AllowedOrigins":["https://a.example",],},},}
            """).Data.ShouldBe("here");

    [Fact]
    public void Read_WhenTheFileHasAByteOrderMark_ReadsIt()
    {
        var file = Path.Combine(_workspace.Root, "bom.json");
        File.WriteAllText(file, """{"MPilot":{"Data":"here"}}""", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        From(file).Data.ShouldBe("here");
    }

    [Fact]
    public void Read_WhenTheFileNameStartsWithADot_ReadsIt()
        => From(_workspace.Write(".mpilot.json", """{"MPilot":{"Data":"here"}}""")).Data.ShouldBe("here");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"MPilot":null}""")]
    [InlineData("""{"MPilot":{}}""")]
    [InlineData("""{"mpilot":{"data":"data"}}""")]
    [InlineData("""{"MPilot":{"Data":null,"Store":null,"Providers":null,"Aliases":null,"DefaultModel":null,"Http":{"MaxBodyBytes":null,"PublicBaseUrl":null,"AllowedOrigins":null}}}""")]
    public void Read_WhenTheFileSaysNothing_LeavesTheDefaults(string json)
    {
        var options = Reading.Read(json);
        options.Data.ShouldBe("data");
        options.Http.MaxBodyBytes.ShouldBe(new HttpOptions().MaxBodyBytes);
        options.Providers.Keys.ShouldBe(["local"]);
    }

    [Fact]
    public void Read_WhenScalarsAreWrittenAsTexts_TakesThem()
    {
        var options = Reading.ReadSection("""
            {"Data":7,"Http":{"MaxBodyBytes":"5"},"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","Retries":"0","Keys":[{"Secret":"s","Weight":"0.5"}]}}}
            """);
        (options.Data, options.Http.MaxBodyBytes, options.Providers["o"].Retries, options.Providers["o"].Keys[0].Weight).ShouldBe(("7", 5, 0, 0.5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("{")]
    [InlineData("""{"MPilot":{}} x""")]
    [InlineData("// nothing")]
    public void Read_WhenTheFileIsNotJson_NamesTheFile(string text)
    {
        var file = _workspace.Write("bad.json", text);
        MistakesOf(file).ShouldHaveSingleItem().Key.ShouldBe(file);
    }

    [Theory]
    [InlineData("[]", "MPilot")]
    [InlineData("7", "MPilot")]
    [InlineData("""{"Providers":{}}""", "Providers")]
    [InlineData("""{"MPilot":{"Data:Path":"x"}}""", "MPilot:Data:Path")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Keys":[{"a:b":1}]}}}}""", "MPilot:Providers:o:Keys:0:a:b")]
    [InlineData("""{"MPilot":{"Data":"a","data":"b"}}""", "MPilot:data")]
    [InlineData("""{"MPilot":{"Data":"a","Data":"a"}}""", "MPilot:Data")]
    [InlineData("""{"MPilot":{},"mpilot":{}}""", "mpilot")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Keys":[{"Secret":"a","SECRET":"b"}]}}}}""", "MPilot:Providers:o:Keys:0:SECRET")]
    [InlineData("""{"MPilot":{"Providers":{"Local":{"Kind":"local"},"local":{"Kind":"local"}}}}""", "MPilot:Providers:local")]
    [InlineData("""{"MPilot":{"":1}}""", "MPilot:")]
    public void Read_WhenAKeyCannotBeUsed_NamesIt(string json, string key)
        => MistakesOf(_workspace.Write("bad.json", json)).Select(m => m.Key).ShouldBe([key]);

    [Fact]
    public void Read_WhenTheFileIsMissing_NamesIt()
    {
        var file = Path.Combine(_workspace.Root, "none.json");
        MistakesOf(file).ShouldHaveSingleItem().Key.ShouldBe(file);
    }

    [Fact]
    public void Read_WhenTheFileIsAFolder_NamesIt() => MistakesOf(_workspace.Root).ShouldHaveSingleItem().Key.ShouldBe(_workspace.Root);

    [Fact]
    public void Read_WhenTheFileMayNotBeRead_NamesIt()
    {
        // Nobody may read this one, root included.
        const string Forbidden = "/proc/self/mem";
        MistakesOf(Forbidden).ShouldHaveSingleItem().Key.ShouldBe(Forbidden);
    }

    [Fact]
    public void Read_WhenTheFileHasNoName_SaysSo() => MistakesOf("").ShouldHaveSingleItem().Message.ShouldNotBeEmpty();

    private static MPilotOptions From(string file) => Reading.From(new ConfigurationSource { File = file, Environment = new Dictionary<string, string>() });

    private static IReadOnlyList<OptionMistake> MistakesOf(string file) => Should.Throw<ConfigurationException>(() => From(file)).Mistakes;
}
