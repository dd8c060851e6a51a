using MPilot.Jobs.Providers.Failures;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Failures;

public sealed class ProviderMessageTests
{
    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-abc*****xyz. See https://platform.openai.com/keys", "Incorrect API key provided: [key] See [url]")]
    [InlineData("header Bearer abc.def_ghi was bad", "header [key] was bad")]
    [InlineData("in organization org-AbCdEf12345 and project proj_abc123DEF", "in organization [id] and project [id]")]
    [InlineData("dial tcp 10.1.2.3:8000: refused", "dial tcp [host]: refused")]
    [InlineData("from [fe80:0:0:1::2]:443 and localhost:8080", "from [host] and [host]")]
    [InlineData("host gpu-7.farm.internal:9000 is down, mail ops@example.com", "host [host] is down, mail [address]")]
    [InlineData("hash 0123456789abcdef0123456789abcdef", "hash [key]")]
    [InlineData("Invalid file 'image-1.png' for gpt-image-1.5: size 1024x1024, e.g. use 1:2.", "Invalid file 'image-1.png' for gpt-image-1.5: size 1024x1024, e.g. use 1:2.")]
    [InlineData("two\r\nlines\u0000\u001b[31m", "two  lines  [31m")]
    public void Scrub_WhenTextIsUntrusted_TakesOutWhatIsNobodysBusiness(string text, string expected)
        => ProviderMessage.Scrub(text).ShouldBe(expected);

    [Fact]
    public void Scrub_WhenSecretIsEchoed_HidesIt()
        => ProviderMessage.Scrub("you sent my!pass WORD", "MY!pass", "").ShouldBe("you sent [hidden] WORD");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Scrub_WhenNothingIsSaid_SaysNothing(string? text) => ProviderMessage.Scrub(text).ShouldBeNull();

    [Fact]
    public void Scrub_WhenTextIsLong_CutsIt()
    {
        var scrubbed = ProviderMessage.Scrub(new string('x', 100_000))!;

        scrubbed.Length.ShouldBe(500);
        scrubbed.ShouldEndWith("…");
    }
}
