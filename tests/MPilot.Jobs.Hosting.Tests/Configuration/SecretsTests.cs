using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>A secret in a configuration with mistakes does not come out in what is said about them.</summary>
public sealed class SecretsTests
{
    private const string Secret = "tsk-4f2c9a";

    [Theory]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"tsk-4f2c9a b"}]}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"tsk-4f2c9a","Weight":0}]}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"env:tsk-4f2c9a"}]}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":"tsk-4f2c9a"}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":["tsk-4f2c9a"]}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Timeout":"tsk-4f2c9a","Retries":"tsk-4f2c9a","BaseUrl":"http://tsk-4f2c9a@x"}}}}""")]
    [InlineData("""{"MPilot":{"Bus":{"Kind":"rabbitmq","Uri":"https://u:tsk-4f2c9a@rabbit"}}}""")]
    [InlineData("""{"MPilot":{"Bus":{"Uri":"amqp://u:tsk-4f2c9a@rabbit"}}}""")]
    [InlineData("""{"MPilot":{"Bus":{"Kind":"rabbitmq","Uri":"amqp://u:tsk-4f2c9a@:x"}}}""")]
    [InlineData("""{"MPilot":{"Http":{"Listen":"http://tsk-4f2c9a@127.0.0.1:1"}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":tsk-4f2c9a}]}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"tsk-4f2c9a}]}}}}""")]
    [InlineData("""{"MPilot":{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"a","Secret":"tsk-4f2c9a"}]}}}}""")]
    [InlineData("""{"MPilot":{"Keys":[{"Secret":"sk-bf-tsk-4f2c9a"}]}}""")]
    [InlineData("""{"MPilot":{"Keys":[{"Secret":"tsk-4f2c9a"}]}}""")]
    [InlineData("""{"MPilot":{"Keys":[{"Secret":"env:sk-bf-tsk-4f2c9a"}]}}""")]
    [InlineData("""{"MPilot":{"Keys":"tsk-4f2c9a"}}""")]
    [InlineData("""{"MPilot":{"Keys":["tsk-4f2c9a"]}}""")]
    [InlineData("""{"MPilot":{"Keys":[{"ExpiresAt":"tsk-4f2c9a"}]}}""")]
    [InlineData("""{"MPilot":{"Keys":[{"Secret":"sk-bf-0123456789tsk-4f2c9a"},{"Secret":"sk-bf-0123456789tsk-4f2c9a"}]}}""")]
    public void Read_WhenTheMistakeIsNearASecret_DoesNotSayTheSecret(string json)
        => Should.Throw<ConfigurationException>(() => Reading.Read(json)).ToString().ShouldNotContain(Secret);

    [Fact]
    public void Read_WhenTheSecretComesFromTheEnvironment_DoesNotSayIt()
    {
        var environment = new Dictionary<string, string> { ["KEY"] = Secret + " " };
        const string Section = """
            {"Providers":{"o":{"Kind":"openai","Timeout":"env:KEY","BaseUrl":"env:KEY","OnLost":"env:KEY","Keys":[{"Secret":"env:KEY"}]}}}
            """;
        var failure = Should.Throw<ConfigurationException>(() => Reading.ReadSection(Section, environment));
        failure.Mistakes.Count.ShouldBe(4);
        failure.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void Read_WhenTheDefaultProviderGetsABadSecret_NamesItsKeyAndNotTheSecret()
    {
        var environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = Secret + "\n" };
        var failure = Should.Throw<ConfigurationException>(() => Reading.Read(null, environment));
        failure.Mistakes.ShouldHaveSingleItem().Key.ShouldBe("MPilot:Providers:openai:Keys:0:Secret");
        failure.ToString().ShouldNotContain(Secret);
    }
}
