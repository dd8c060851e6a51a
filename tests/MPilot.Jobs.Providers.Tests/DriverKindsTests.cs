using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Providers.Tests.Local;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests;

public sealed class DriverKindsTests : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IPictureEditor>(new ScriptedEditor())
        .AddProviders()
        .AddProviders()
        .BuildServiceProvider();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public void AddProviders_WhenCalledTwice_RegistersEachKindOnce()
        => _services.GetServices<IDriverKind>().Select(k => k.Kind).ShouldBe(["openai", "replicate", "local"]);

    [Theory]
    [InlineData("openai", null, null, "Keys")]
    [InlineData("openai", null, " ", "Keys,Keys:0:Secret")]
    [InlineData("openai", null, "sk-1", "")]
    [InlineData("openai", "https://api.openai.com/v1", null, "Keys")]
    [InlineData("openai", "http://gpu.lan:8000/v1", null, "")]
    [InlineData("openai", "http://gpu.lan:8000/v1", "a\nb", "Keys:0:Secret")]
    [InlineData("openai", "http://u:p@gpu.lan/v1", null, "BaseUrl")]
    [InlineData("openai", "http://gpu.lan/v1?x=1", null, "BaseUrl")]
    [InlineData("openai", "ftp://gpu.lan/v1", null, "BaseUrl")]
    [InlineData("openai", "gpu.lan/v1", null, "BaseUrl")]
    [InlineData("replicate", null, null, "Keys")]
    [InlineData("replicate", null, "r8_1", "")]
    [InlineData("replicate", "http://gpu.lan:8000/v1", null, "")]
    [InlineData("replicate", "http://u:p@gpu.lan/v1", "a b", "BaseUrl,Keys:0:Secret")]
    [InlineData("local", null, null, "")]
    [InlineData("local", "http://gpu.lan", "k", "Keys,BaseUrl")]
    public void Validate_WhenConfigured_NamesEveryMistake(string kind, string? baseUrl, string? secret, string mistakes)
    {
        var options = new ProviderOptions { Kind = kind, BaseUrl = baseUrl is null ? null : new(baseUrl, UriKind.RelativeOrAbsolute) };
        if (secret is not null)
        {
            options.Keys.Add(new() { Secret = secret });
        }

        string.Join(",", Kind(kind).Validate(options).Select(m => m.Key)).ShouldBe(mistakes);
    }

    [Theory]
    [InlineData("files.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("*", false)]
    [InlineData("https://files.example.com", false)]
    [InlineData("", false)]
    public void Validate_WhenDownloadHostIsNamed_ChecksIt(string host, bool fine)
    {
        var options = new ProviderOptions { Kind = "openai", BaseUrl = new("http://gpu.lan/v1"), DownloadHosts = { host } };

        Kind("openai").Validate(options).Any().ShouldBe(!fine);
    }

    [Fact]
    public void Create_WhenConfigured_ServesAnyModel()
    {
        var driver = Kind("openai").Create("openai", new() { Kind = "openai" });

        driver.Unavailable.ShouldBeNull();
        driver.Serves("whatever").ShouldBeTrue();
        driver.Serves("").ShouldBeFalse();
    }

    [Theory]
    [InlineData("black-forest-labs/flux-kontext-pro", true)]
    [InlineData("851-labs/background-remover:a029dff3", true)]
    [InlineData("flux-kontext-pro", false)]
    [InlineData("a/b/c", false)]
    [InlineData("a/b:c:d", false)]
    [InlineData("a/", false)]
    [InlineData("a/b:", false)]
    [InlineData("../files", false)]
    [InlineData("a/b?c", false)]
    public void Serves_WhenItIsReplicate_TakesNamesWithAnOwner(string model, bool serves)
        => Kind("replicate").Create("replicate", new() { Kind = "replicate" }).Serves(model).ShouldBe(serves);

    private IDriverKind Kind(string kind) => _services.GetServices<IDriverKind>().Single(k => k.Kind == kind);
}
