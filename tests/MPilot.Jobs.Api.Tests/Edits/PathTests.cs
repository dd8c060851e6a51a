using System.Text;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>The paths other base addresses lead to.</summary>
public sealed class PathTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/images/edits")]
    [InlineData("/openai/v1/images/edits")]
    [InlineData("/openai/v1/images/edits?api-version=preview")]
    public async Task Edit_WhenItComesByAnotherPath_IsTheSame(string path)
    {
        (await PostAsync(path, Form.Minimal())).Status.ShouldBe(200);

        _host.Submitted.ModelRequested.ShouldBe("gpt-image-2");
    }

    [Theory]
    [InlineData("gpt-image-1", null, "gpt-image-2", false)]
    [InlineData("gpt-image-9", "gpt-image-9", "gpt-image-9", false)]
    [InlineData("other-a", "gpt-image-2", "other-a", true)]
    [InlineData("other%2Fx", "gpt-image-2", "x", true)]
    public async Task Edit_WhenThePathNamesADeployment_ThatIsTheModel(string deployment, string? model, string served, bool warns)
    {
        _host.Options.Aliases["gpt-image-9"] = "other/gpt-image-9";
        var form = new Form().Text("prompt", "p").Text("model", model ?? "").Picture("image", Png.Of());

        var answer = await PostAsync($"/openai/deployments/{deployment}/images/edits?api-version=2025-04-01-preview", form, ("api-key", "anything"));

        answer.Status.ShouldBe(200, answer.Text);
        _host.Submitted.Chain[0].Model.ShouldBe(served);
        _host.Submitted.Warnings.Count(w => w.Parameter == "model").ShouldBe(warns ? 1 : 0);
    }

    [Fact]
    public async Task Edit_WhenThePathNamesADeployment_TakesJsonToo()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"image":"{{Convert.ToBase64String(Png.Of())}}","prompt":"p"}""");

        (await PostAsync("/openai/deployments/gpt-image-2/images/edits", body, "application/json")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Edit_WhenTheDeploymentIsUnknown_Answers404()
        => (await PostAsync("/openai/deployments/nobody/images/edits", Form.Minimal())).Code.ShouldBe("model_not_found");

    [Fact]
    public async Task Edit_WhenTheBodyNamesTheModelTwice_IsRefusedWhateverThePath()
        => (await PostAsync("/openai/deployments/gpt-image-2/images/edits", Form.Minimal().Text("model", "b"))).Mistakes.ShouldBe(["invalid_value:model"]);

    private Task<Answer> PostAsync(string path, Form form, params (string Name, string Value)[] headers)
        => PostAsync(path, form.ToBytes(), form.ContentType, headers);

    private Task<Answer> PostAsync(string path, byte[] body, string contentType, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return _host.SendAsync(HttpMethod.Post, path, content, headers);
    }
}
