using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Documentation;

/// <summary>The OpenAPI document says what the service does.</summary>
public sealed class DocumentTests : DocumentSuite
{
    private const string Edits = "/v1/images/edits";
    private const string FormType = "multipart/form-data";
    private const string JsonType = "application/json";

    private static readonly (string Name, string Value) Async = ("Prefer", "respond-async");

    /// <summary>A picture as a text.</summary>
    private static readonly string Drawn = $"data:image/png;base64,{Convert.ToBase64String(Png.Of())}";

    [Fact]
    public void Document_WhenRoutesAreMapped_HasThemAll()
    {
        var mapped = Host.Routes
            .Where(r => r.RoutePattern.RawText != "/openapi/v1.json")
            .SelectMany(r => r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {PathOf(r.RoutePattern)}"));

        Operations().Select(o => $"{o.Method.ToUpperInvariant()} {o.Path}").ShouldBe(mapped, ignoreOrder: true);
    }

    [Fact]
    public void Operations_WhenRead_AreNamedOnceGroupedAndExplained()
    {
        var groups = Document.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ToList();
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
                    Check.Misfits(example.Value.GetProperty("value"), media.GetProperty("schema")).ShouldBeEmpty($"{method} {path} {status} {example.Name}");
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

    [Theory]
    [InlineData(FormType, new[] { "image", "mask" }, new[] { "model", "image" })]
    [InlineData(JsonType, new[] { "image", "images", "mask" }, new[] { "model" })]
    public void Body_WhenRead_DescribesEveryField(string type, string[] pictures, string[] required)
    {
        var fields = typeof(ApiEndpoints).Assembly.GetType("MPilot.Jobs.Api.Edits.EditFields")!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(string))
            .Select(f => (string)f.GetRawConstantValue()!)
            .Concat(pictures);

        var edits = Operations().Where(o => o.Path.Contains("/images/edits", StringComparison.Ordinal) && o.Method == "post").ToList();
        edits.Count.ShouldBe(7);
        foreach (var path in edits.Select(o => o.Path))
        {
            var properties = BodyOf(path, type).GetProperty("properties").EnumerateObject().ToList();
            properties.Select(p => p.Name).ShouldBe(fields, ignoreOrder: true, path);
            properties.ShouldAllBe(p => p.Value.GetProperty("description").GetString()!.Length > 0);
            (BodyOf(path, type).TryGetProperty("required", out var needed) ? needed.EnumerateArray().Select(r => r.GetString()!) : [])
                .ShouldBe(path.Contains("{deployment}", StringComparison.Ordinal) ? required.Except(["model"]) : required, path);
        }
    }

    [Theory]
    [InlineData(FormType)]
    [InlineData(JsonType)]
    public async Task Body_WhenItNamesChoices_TheyAreTheOnesTaken(string type)
    {
        foreach (var field in Fields(type, "enum"))
        {
            foreach (var choice in field.Value.GetProperty("enum").EnumerateArray().Select(c => c.GetString()!))
            {
                (await ParamsAsync(type, field.Name, choice)).ShouldNotContain((field.Name, "invalid_value"), $"{field.Name}={choice}");
            }

            (await ParamsAsync(type, field.Name, "nonsense")).ShouldContain((field.Name, "invalid_value"));
        }
    }

    [Theory]
    [InlineData(FormType)]
    [InlineData(JsonType)]
    public async Task Body_WhenItNamesBounds_TheyAreTheOnesKept(string type)
    {
        foreach (var field in Fields(type, "maximum"))
        {
            var (least, most) = (field.Value.GetProperty("minimum").GetInt64(), field.Value.GetProperty("maximum").GetInt64());

            (await ParamsAsync(type, field.Name, most)).ShouldNotContain((field.Name, "invalid_value"), field.Name);
            (await ParamsAsync(type, field.Name, most + 1)).ShouldContain((field.Name, "invalid_value"));
            (await ParamsAsync(type, field.Name, least - 1)).ShouldContain((field.Name, "invalid_value"));
        }
    }

    [Theory]
    [InlineData(FormType)]
    [InlineData(JsonType)]
    public async Task Body_WhenATextHasALongest_ItIsTheOneTaken(string type)
    {
        foreach (var field in Fields(type, "maxLength"))
        {
            var longest = field.Value.GetProperty("maxLength").GetInt32();

            (await ParamsAsync(type, field.Name, new string('x', longest))).ShouldNotContain((field.Name, "invalid_value"), field.Name);
            (await ParamsAsync(type, field.Name, new string('x', longest + 1))).ShouldContain((field.Name, "invalid_value"), field.Name);
        }
    }

    [Fact]
    public async Task Json_WhenAMemberHasAType_ValuesOfItAreTaken()
    {
        foreach (var field in BodyOf(Edits, JsonType).GetProperty("properties").EnumerateObject().Where(p => p.Value.TryGetProperty("type", out _)))
        {
            JsonNode? value = field.Value.GetProperty("type").GetString() switch
            {
                "integer" => 1,
                "number" => 1.5,
                "boolean" => false,
                "object" => new JsonObject { ["a"] = "b" },
                "array" => new JsonArray("gpt-image-2"),
                _ => null,
            };
            if (value is not null)
            {
                (await ParamsAsync(JsonType, field.Name, value)).ShouldBeEmpty(field.Name);
            }
        }
    }

    [Fact]
    public async Task Json_WhenAPictureHasAShapeThatIsDescribed_ItIsTaken()
    {
        var file = await FileAsync();
        var shapes = Document.GetProperty("components").GetProperty("schemas").GetProperty("PictureInput").GetProperty("anyOf").EnumerateArray().ToList();
        shapes.Count.ShouldBe(5);
        foreach (var shape in shapes.SelectMany(s => ValuesOf(s, file)))
        {
            foreach (var picture in new[] { shape, new JsonArray(shape.DeepClone()) })
            {
                Check.Misfits(JsonSerializer.SerializeToElement(picture), BodyOf(Edits, JsonType).GetProperty("properties").GetProperty("images")).ShouldBeEmpty();
                (await ParamsAsync(JsonType, "images", picture)).ShouldBeEmpty(picture.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task Json_WhenThereAreExamples_TheyFitAndAreTaken()
    {
        var file = await FileAsync();
        foreach (var (_, path, operation) in Operations().Where(o => o.Path.Contains("/images/edits", StringComparison.Ordinal) && TryBody(o.Operation, JsonType) is not null))
        {
            var body = TryBody(operation, JsonType)!.Value;
            foreach (var example in body.GetProperty("examples").EnumerateObject())
            {
                Check.Misfits(example.Value.GetProperty("value"), body.GetProperty("schema")).ShouldBeEmpty($"{path} {example.Name}");
                var sent = Regex.Replace(example.Value.GetProperty("value").GetRawText(), "https://[^\"]*|data:[^\"]*", Drawn);
                sent = Regex.Replace(sent, "file_[0-9a-f]+\"", file + '"');
                var content = new StringContent(sent, Encoding.UTF8, JsonType);
                var answer = await Host.SendAsync(HttpMethod.Post, path.Replace("{deployment}", "gpt-image-2", StringComparison.Ordinal), content);
                answer.Status.ShouldBeInRange(200, 202, $"{path} {example.Name} {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task Files_WhenPurposesAreNamed_TheyAreTheOnesTaken()
    {
        var purposes = BodyOf("/v1/files", FormType).GetProperty("properties").GetProperty("purpose").GetProperty("enum").EnumerateArray();
        foreach (var purpose in purposes.Select(p => p.GetString()!))
        {
            (await UploadAsync(purpose)).Status.ShouldBe(200, purpose);
        }

        (await UploadAsync("nonsense")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Files_WhenReallyAnswered_FitTheirSchemas()
    {
        Fits(await UploadAsync("vision"), "post", "/v1/files");
        Fits(await UploadAsync("batch"), "post", "/v1/files");
        var id = await FileAsync();

        Fits(await Host.GetAsync("/v1/files?limit=1"), "get", "/v1/files");
        Fits(await Host.GetAsync("/v1/files?limit=0"), "get", "/v1/files");
        foreach (var _ in new[] { "there", "gone" })
        {
            Fits(await Host.GetAsync($"/v1/files/{id}"), "get", "/v1/files/{id}");
            Fits(await Host.SendAsync(HttpMethod.Delete, $"/v1/files/{id}", null), "delete", "/v1/files/{id}");
        }

        Fits(await Host.GetAsync($"/v1/files/{id}/content"), "get", "/v1/files/{id}/content");
    }

    [Theory]
    [InlineData("b64_json")]
    [InlineData("url")]
    public async Task Answers_WhenReallyGiven_FitTheirSchemas(string format)
    {
        Host.Jobs.Outcome = (job, attempt) => (AttemptOutcome.Succeeded)Host.Jobs.Deliver(job, attempt) with { Wire = new("""{"n":"2"}""") };
        var answer = await Host.EditAsync(
            Form.Minimal("openai/no-seed").Text("seed", "1").Text("n", "2").Text("metadata[a]", "b").Text("response_format", format),
            ("x-bf-send-back-raw-request", "true"), ("X-Client-Request-Id", "mine"));
        var id = answer["x-mpilot-job-id"]!;

        Fits(answer, "post", Edits);
        foreach (var path in new[] { "/v1/jobs/{id}", "/v1/jobs/{id}/result", "/v1/async/images/edits/{id}", "/v1/images/tasks/{id}" })
        {
            Fits(await Host.GetAsync(path.Replace("{id}", id, StringComparison.Ordinal)), "get", path);
        }

        foreach (var path in new[] { "/v1/jobs", "/v1/models", "/health/live", "/health/ready" })
        {
            Fits(await Host.GetAsync(path), "get", path);
        }

        Fits(await Host.GetAsync("/v1/models/gpt-image-1"), "get", "/v1/models/{id}");
        Fits(await Host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null), "post", "/v1/jobs/{id}/cancel");
    }

    [Fact]
    public async Task Answers_WhenTheJobGoesOnOrFails_FitTheirSchemas()
    {
        Host.Jobs.Outcome = (_, _) => null;
        Fits(await Host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")), "post", Edits);
        Fits(await Host.EditAsync(Form.Minimal(), "/v1/async/images/edits"), "post", "/v1/async/images/edits");
        Fits(await Host.EditAsync(Form.Minimal(), "/v1/images/edits/async"), "post", "/v1/images/edits/async");

        foreach (var kind in Enum.GetValues<FailureKind>().Where(k => k != FailureKind.Canceled))
        {
            Host.Jobs.Outcome = (_, _) => InstantJobs.Fail(kind);
            var failed = await Host.EditAsync(Form.Minimal());
            var id = failed["x-mpilot-job-id"]!;

            Fits(failed, "post", Edits);
            Fits(await Host.GetAsync($"/v1/jobs/{id}"), "get", "/v1/jobs/{id}");
            Fits(await Host.GetAsync($"/v1/async/images/edits/{id}"), "get", "/v1/async/images/edits/{id}");
            Fits(await Host.GetAsync($"/v1/images/tasks/{id}"), "get", "/v1/images/tasks/{id}");
        }
    }

    [Fact]
    public async Task Answers_WhenTheRequestIsWrong_FitTheirSchemas()
    {
        Fits(await Host.EditAsync(new Form().Text("n", "99")), "post", Edits);
        Fits(await Host.EditAsync(Form.Minimal("dall-e-2")), "post", Edits);
        Fits(await Host.EditAsync("x"u8.ToArray(), "text/plain"), "post", Edits);
        Fits(await Host.GetAsync("/v1/jobs?limit=0"), "get", "/v1/jobs");
        Fits(await Host.GetAsync("/v1/jobs/job_0"), "get", "/v1/jobs/{id}");
        Fits(await Host.GetAsync("/v1/models/x"), "get", "/v1/models/{id}");
        Fits(await Host.GetAsync("/v1/artifacts/art_0"), "get", "/v1/artifacts/{id}");
        Fits(await Host.GetAsync("/v1/jobs", ("Origin", "https://evil.example")), "get", "/v1/jobs");
    }

    [Theory]
    [InlineData("b64")]
    [InlineData("link")]
    public async Task Events_WhenReallyGiven_FitTheirSchemas(string images)
    {
        Host.Jobs.Outcome = (_, _) => null;
        var id = (await Host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")))["x-mpilot-job-id"]!;
        var running = Host.Store.Job(id);
        var ended = JobTransitions.Apply(running, new JobFact.AttemptEnded(ManualTime.Start, 1, Host.Jobs.Deliver(running, running.Attempts[0]), 0));
        await Host.Store.SaveAsync(new(ended.State, ended.Events, [], null), CancellationToken.None);

        var answer = await Host.GetAsync($"/v1/jobs/{id}/events?images={images}");

        var schema = Media("get", "/v1/jobs/{id}/events", 200, "text/event-stream").GetProperty("schema");
        var lines = answer.Text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeGreaterThan(2);
        foreach (var line in lines)
        {
            Check.Misfits(JsonDocument.Parse(line[6..]).RootElement, schema).ShouldBeEmpty(line);
        }
    }

    private JsonElement BodyOf(string path, string type)
        => TryBody(Document.GetProperty("paths").GetProperty(path).GetProperty("post"), type)!.Value.GetProperty("schema");

    private static JsonElement? TryBody(JsonElement operation, string type)
        => operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty(type, out var media) ? media : null;

    /// <summary>The fields of an edit whose schema says something.</summary>
    private IEnumerable<JsonProperty> Fields(string type, string keyword)
    {
        var found = BodyOf(Edits, type).GetProperty("properties").EnumerateObject().Where(p => p.Value.TryGetProperty(keyword, out _)).ToList();
        found.ShouldNotBeEmpty();
        return found;
    }

    /// <summary>A picture in a shape, with each of the texts it may have.</summary>
    private static IEnumerable<JsonNode> ValuesOf(JsonElement shape, string file)
    {
        if (!shape.TryGetProperty("properties", out var properties))
        {
            return shape.TryGetProperty("anyOf", out var any) ? any.EnumerateArray().SelectMany(s => ValuesOf(s, file)) : [JsonValue.Create(Drawn)];
        }

        var member = properties.EnumerateObject().Single();
        return member.Name == "file_id"
            ? [new JsonObject { [member.Name] = file }]
            : ValuesOf(member.Value, file).Select(v => new JsonObject { [member.Name] = v });
    }

    private Task<Answer> UploadAsync(string purpose) => Host.EditAsync(new Form().Text("purpose", purpose).Picture("file", Png.Of()), "/v1/files");

    private async Task<string> FileAsync() => (await UploadAsync("vision")).Json.GetProperty("id").GetString()!;

    private IEnumerable<(string Method, string Path, JsonElement Operation)> Operations()
        => from path in Document.GetProperty("paths").EnumerateObject()
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
    private async Task<List<(string Param, string Code)>> ParamsAsync(string type, string field, JsonNode value)
    {
        var answer = type == JsonType ? await Host.JsonAsync(JsonWith(field, value), Async) : await Host.EditAsync(FormWith(field, value.ToString()), Async);
        return answer.Status < 400
            ? []
            : [.. answer.Json.GetProperty("error").GetProperty("errors").EnumerateArray()
                .Select(e => (e.GetProperty("param").GetString()!, e.GetProperty("code").GetString()!))];
    }

    private static Form FormWith(string field, string value)
    {
        var form = new Form().Text(field, value).Picture("image", Png.Of()).Picture("mask", Png.Of());
        form = field == "model" ? form : form.Text("model", "gpt-image-2");
        return field == "prompt" ? form : form.Text("prompt", "make it blue");
    }

    private static string JsonWith(string field, JsonNode value)
        => new JsonObject
        {
            ["model"] = "gpt-image-2", ["prompt"] = "make it blue", ["image"] = Drawn, ["mask"] = Drawn, [field] = value.DeepClone(),
        }.ToJsonString();

    private static string PathOf(RoutePattern pattern)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/').AppendJoin("", segment.Parts.Select(p => p is RoutePatternLiteralPart text ? text.Content : $"{{{((RoutePatternParameterPart)p).Name}}}"));
        }

        return path.ToString();
    }
}
