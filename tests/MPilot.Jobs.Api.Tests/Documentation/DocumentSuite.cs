using System.Globalization;
using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Documentation;

/// <summary>Holds what the service really does against its OpenAPI document.</summary>
public abstract class DocumentSuite : IAsyncLifetime
{
    private SchemaCheck? _check;

    private protected ApiHost Host { get; private set; } = null!;

    private protected JsonElement Document { get; private set; }

    private protected SchemaCheck Check => _check ??= new(Document);

    public async Task InitializeAsync()
    {
        Host = await ApiHost.StartAsync();
        Document = (await Host.GetAsync("/openapi/v1.json")).Json;
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private protected void Fits(Answer answer, string method, string path)
        => Check.Misfits(answer.Json, Media(method, path, answer.Status, "application/json").GetProperty("schema")).ShouldBeEmpty($"{method} {path} {answer.Text}");

    private protected JsonElement Media(string method, string path, int status, string type)
        => Document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses")
            .GetProperty(status.ToString(CultureInfo.InvariantCulture)).GetProperty("content").GetProperty(type);
}
