using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Documentation;

/// <summary>The OpenAPI document says what the service does.</summary>
public sealed class DocumentTests : IAsyncLifetime
{
    private const string Edits = "/v1/images/edits";

    private ApiHost _host = null!;
    private JsonElement _document;
    private SchemaCheck _check = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _document = (await _host.GetAsync("/openapi/v1.json")).Json;
        _check = new(_document);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Document_WhenRoutesAreMapped_HasThemAll()
    {
        var mapped = _host.Routes
            .Where(r => r.RoutePattern.RawText != "/openapi/v1.json")
            .SelectMany(r => r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {PathOf(r.RoutePattern)}"));

        Operations().Select(o => $"{o.Method.ToUpperInvariant()} {o.Path}").ShouldBe(mapped, ignoreOrder: true);
    }

    [Fact]
    public void Operations_WhenRead_AreNamedOnceGroupedAndExplained()
    {
        var groups = _document.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ToList();
        foreach (var (method, path, operation) in Operations())
        {
            groups.ShouldContain(operation.GetProperty("tags")[0].GetString(), path);
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(path);
            operation.GetProperty("responses").EnumerateObject().ShouldAllBe(r => r.Value.GetProperty("description").GetString() != "");
            Regex.Matches(path, @"\{(\w+)\}").Select(m => m.Groups[1].Value)
                .ShouldBe(Parameters(operation).Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()), method + path);
        }

        Operations().Select(o => o.Operation.GetProperty("operationId").GetString()).ShouldBeUnique();
    }

    [Fact]
    public void Examples_WhenHeldAgainstTheirSchemas_Fit()
    {
        var count = 0;
        foreach (var (method, path, operation) in Operations())
        {
            foreach (var (status, _, media) in Answers(operation).Where(a => a.Media.TryGetProperty("examples", out _)))
            {
                foreach (var example in media.GetProperty("examples").EnumerateObject())
                {
                    _check.Misfits(example.Value.GetProperty("value"), media.GetProperty("schema")).ShouldBeEmpty($"{method} {path} {status} {example.Name}");
                    count++;
                }
            }
        }

        count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Answers_WhenTheyHaveJson_HaveAnExample()
        => Operations()
            .SelectMany(o => Answers(o.Operation).Where(a => a.Type == "application/json" || a.Type == "text/event-stream").Select(a => (o.Path, a.Status, a.Media)))
            .ShouldAllBe(a => a.Media.GetProperty("examples").EnumerateObject().Any());

    [Fact]
    public void Form_WhenRead_DescribesEveryField()
    {
        var fields = typeof(ApiEndpoints).Assembly.GetType("MPilot.Jobs.Api.Edits.EditFields")!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(string))
            .Select(f => (string)f.GetRawConstantValue()!)
            .Concat(["image", "mask"]);

        foreach (var path in new[] { Edits, "/v1/async/images/edits", "/v1/images/edits/async" })
        {
            var properties = FormOf(path).GetProperty("properties").EnumerateObject().ToList();
            properties.Select(p => p.Name).ShouldBe(fields, ignoreOrder: true);
            properties.ShouldAllBe(p => p.Value.GetProperty("description").GetString()!.Length > 0);
            FormOf(path).GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["model", "image"]);
        }
    }

    [Fact]
    public async Task Form_WhenItNamesChoices_TheyAreTheOnesTaken()
    {
        foreach (var field in FormOf(Edits).GetProperty("properties").EnumerateObject().Where(p => p.Value.TryGetProperty("enum", out _)))
        {
            foreach (var choice in field.Value.GetProperty("enum").EnumerateArray().Select(c => c.GetString()!))
            {
                (await ParamsAsync(field.Name, choice)).ShouldNotContain((field.Name, "invalid_value"), $"{field.Name}={choice}");
            }

            (await ParamsAsync(field.Name, "nonsense")).ShouldContain((field.Name, "invalid_value"));
        }
    }

    [Fact]
    public async Task Form_WhenItNamesBounds_TheyAreTheOnesKept()
    {
        foreach (var field in FormOf(Edits).GetProperty("properties").EnumerateObject().Where(p => p.Value.TryGetProperty("maximum", out _)))
        {
            var (least, most) = (field.Value.GetProperty("minimum").GetInt64(), field.Value.GetProperty("maximum").GetInt64());

            (await ParamsAsync(field.Name, Text(most))).ShouldNotContain((field.Name, "invalid_value"), field.Name);
            (await ParamsAsync(field.Name, Text(most + 1))).ShouldContain((field.Name, "invalid_value"));
            (await ParamsAsync(field.Name, Text(least - 1))).ShouldContain((field.Name, "invalid_value"));
        }
    }

    [Fact]
    public async Task Form_WhenATextHasALongest_ItIsTheOneTaken()
    {
        foreach (var field in FormOf(Edits).GetProperty("properties").EnumerateObject().Where(p => p.Value.TryGetProperty("maxLength", out _)))
        {
            var longest = field.Value.GetProperty("maxLength").GetInt32();

            (await ParamsAsync(field.Name, new string('x', longest))).ShouldNotContain((field.Name, "invalid_value"), field.Name);
            (await ParamsAsync(field.Name, new string('x', longest + 1))).ShouldContain((field.Name, "invalid_value"), field.Name);
        }
    }

    [Theory]
    [InlineData("b64_json")]
    [InlineData("url")]
    public async Task Answers_WhenReallyGiven_FitTheirSchemas(string format)
    {
        var answer = await _host.EditAsync(Form.Minimal("openai/no-seed").Text("seed", "1").Text("n", "2").Text("metadata[a]", "b").Text("response_format", format));
        var id = answer["x-mpilot-job-id"]!;

        Fits(answer, "post", Edits);
        foreach (var path in new[] { "/v1/jobs/{id}", "/v1/jobs/{id}/result", "/v1/async/images/edits/{id}", "/v1/images/tasks/{id}" })
        {
            Fits(await _host.GetAsync(path.Replace("{id}", id, StringComparison.Ordinal)), "get", path);
        }

        foreach (var path in new[] { "/v1/jobs", "/v1/models", "/health/live", "/health/ready" })
        {
            Fits(await _host.GetAsync(path), "get", path);
        }

        Fits(await _host.GetAsync("/v1/models/gpt-image-1"), "get", "/v1/models/{id}");
        Fits(await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null), "post", "/v1/jobs/{id}/cancel");
    }

    [Fact]
    public async Task Answers_WhenTheJobGoesOnOrFails_FitTheirSchemas()
    {
        _host.Jobs.Outcome = (_, _) => null;
        Fits(await _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")), "post", Edits);
        Fits(await _host.EditAsync(Form.Minimal(), "/v1/async/images/edits"), "post", "/v1/async/images/edits");
        Fits(await _host.EditAsync(Form.Minimal(), "/v1/images/edits/async"), "post", "/v1/images/edits/async");

        foreach (var kind in Enum.GetValues<FailureKind>().Where(k => k != FailureKind.Canceled))
        {
            _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(kind);
            var failed = await _host.EditAsync(Form.Minimal());
            var id = failed["x-mpilot-job-id"]!;

            Fits(failed, "post", Edits);
            Fits(await _host.GetAsync($"/v1/jobs/{id}"), "get", "/v1/jobs/{id}");
            Fits(await _host.GetAsync($"/v1/async/images/edits/{id}"), "get", "/v1/async/images/edits/{id}");
            Fits(await _host.GetAsync($"/v1/images/tasks/{id}"), "get", "/v1/images/tasks/{id}");
        }
    }

    [Fact]
    public async Task Answers_WhenTheRequestIsWrong_FitTheirSchemas()
    {
        Fits(await _host.EditAsync(new Form().Text("n", "99")), "post", Edits);
        Fits(await _host.EditAsync(Form.Minimal("dall-e-2")), "post", Edits);
        Fits(await _host.EditAsync("x"u8.ToArray(), "text/plain"), "post", Edits);
        Fits(await _host.GetAsync("/v1/jobs?limit=0"), "get", "/v1/jobs");
        Fits(await _host.GetAsync("/v1/jobs/job_0"), "get", "/v1/jobs/{id}");
        Fits(await _host.GetAsync("/v1/models/x"), "get", "/v1/models/{id}");
        Fits(await _host.GetAsync("/v1/artifacts/art_0"), "get", "/v1/artifacts/{id}");
        Fits(await _host.GetAsync("/v1/jobs", ("Origin", "https://evil.example")), "get", "/v1/jobs");
    }

    [Theory]
    [InlineData("b64")]
    [InlineData("link")]
    public async Task Events_WhenReallyGiven_FitTheirSchemas(string images)
    {
        _host.Jobs.Outcome = (_, _) => null;
        var id = (await _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")))["x-mpilot-job-id"]!;
        var running = _host.Store.Job(id);
        var ended = JobTransitions.Apply(running, new JobFact.AttemptEnded(ManualTime.Start, 1, _host.Jobs.Deliver(running, running.Attempts[0]), 0));
        await _host.Store.SaveAsync(new(ended.State, ended.Events, [], null), CancellationToken.None);

        var answer = await _host.GetAsync($"/v1/jobs/{id}/events?images={images}");

        var schema = Media("get", "/v1/jobs/{id}/events", 200, "text/event-stream").GetProperty("schema");
        var lines = answer.Text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeGreaterThan(2);
        foreach (var line in lines)
        {
            _check.Misfits(JsonDocument.Parse(line[6..]).RootElement, schema).ShouldBeEmpty(line);
        }
    }

    private void Fits(Answer answer, string method, string path)
        => _check.Misfits(answer.Json, Media(method, path, answer.Status, "application/json").GetProperty("schema")).ShouldBeEmpty($"{method} {path} {answer.Text}");

    private JsonElement Media(string method, string path, int status, string type)
        => _document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty(Text(status)).GetProperty("content").GetProperty(type);

    private JsonElement FormOf(string path)
        => _document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content")
            .GetProperty("multipart/form-data").GetProperty("schema");

    private IEnumerable<(string Method, string Path, JsonElement Operation)> Operations()
        => from path in _document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select (operation.Name, path.Name, operation.Value);

    private static IEnumerable<(string Status, string Type, JsonElement Media)> Answers(JsonElement operation)
        => from answer in operation.GetProperty("responses").EnumerateObject()
           where answer.Value.TryGetProperty("content", out _)
           from media in answer.Value.GetProperty("content").EnumerateObject()
           select (answer.Name, media.Name, media.Value);

    private static IEnumerable<JsonElement> Parameters(JsonElement operation)
        => operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    /// <summary>What is wrong with an edit that has that field besides those it needs.</summary>
    private async Task<List<(string Param, string Code)>> ParamsAsync(string field, string value)
    {
        var form = new Form().Text(field, value).Picture("image", Png.Of()).Picture("mask", Png.Of());
        form = field == "model" ? form : form.Text("model", "gpt-image-2");
        form = field == "prompt" ? form : form.Text("prompt", "make it blue");
        var answer = await _host.EditAsync(form, ("Prefer", "respond-async"));
        return answer.Status < 400
            ? []
            : [.. answer.Json.GetProperty("error").GetProperty("errors").EnumerateArray()
                .Select(e => (e.GetProperty("param").GetString()!, e.GetProperty("code").GetString()!))];
    }

    private static string PathOf(RoutePattern pattern)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/').AppendJoin("", segment.Parts.Select(p => p is RoutePatternLiteralPart text ? text.Content : $"{{{((RoutePatternParameterPart)p).Name}}}"));
        }

        return path.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
