using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MPilot.Jobs.Simulators.Scripting;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests.Replicate;

/// <summary>The simulated API against its description.</summary>
public sealed class ReplicateTests : SimulatorFixture, IAsyncLifetime
{
    private ReplicateClient _client = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _client = ReplicateClient.Of(Simulator);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _client.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public async Task Create_WhenItIsWaitedFor_IsAnsweredWithTheOutput()
    {
        var (_, link) = await _client.UploadAsync();

        using var answer = await _client.CreateAsync(Input(link));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var prediction = await ReplicateClient.JsonAsync(answer);
        prediction.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["id", "model", "version", "input", "logs", "output", "data_removed", "error", "status", "created_at", "started_at", "completed_at", "urls", "metrics"]);
        prediction.GetProperty("status").GetString().ShouldBe("succeeded");
        using var picture = await _client.Http.GetAsync(prediction.GetProperty("output").GetString());
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        Simulator.Ledger.Purchases.ShouldHaveSingleItem().Parts.ShouldHaveSingleItem().Name.ShouldBe("input_image");
    }

    [Theory]
    [InlineData(null, 202)]
    [InlineData("wait=61", 202)]
    public async Task Create_WhenItIsNotWaitedFor_IsAnsweredAtOnce(string? prefer, int status)
    {
        Simulator.Script(new ScriptAction { HoldStart = "queue" });
        var (_, link) = await _client.UploadAsync();

        using var answer = await _client.CreateAsync(Input(link), prefer);

        ((int)answer.StatusCode).ShouldBe(status);
        (await ReplicateClient.JsonAsync(answer)).GetProperty("status").GetString().ShouldBe("starting");
        Simulator.Ledger.Read().Purchases.ShouldBe(0);
    }

    [Fact]
    public async Task Create_WhenTheWaitIsOver_TellsHowFarItIs()
    {
        Simulator.Script(new ScriptAction { Hold = "model" });
        var (_, link) = await _client.UploadAsync();
        var creating = _client.CreateAsync(Input(link), "wait=2");
        await Simulator.HeldAsync("model");

        using var answer = await Time.PumpUntilAsync(creating, TimeSpan.FromSeconds(2));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ReplicateClient.JsonAsync(answer)).GetProperty("status").GetString().ShouldBe("processing");
        Simulator.Ledger.Read().Purchases.ShouldBe(1);
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { """{"input_image":"https://a.example/x.png"}""", "- input.prompt: prompt is required" },
        { """{"prompt":"p","image":"https://a.example/x.png"}""", "Additional property image is not allowed" },
        { """{"prompt":"p","seed":"7"}""", "Expected: integer" },
        { """{"prompt":"p","seed":7.5}""", "Expected: integer" },
        { """{"prompt":"p","safety_tolerance":7}""", "less than or equal to 6" },
        { """{"prompt":"p","output_format":"jpeg"}""", "must be one of the following" },
        { """{"prompt":"p","prompt_upsampling":"true"}""", "Expected: boolean" },
        { """{"prompt":"p","input_image":["https://a.example/x.png"]}""", "Expected: string" },
        { """{"prompt":"p","input_image":"x.png"}""", "Does not match format 'uri'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Create_WhenAnInputIsWrong_IsRefusedByItsName(string input, string detail)
    {
        using var answer = await _client.CreateAsync((JsonObject)JsonNode.Parse(input)!);

        ((int)answer.StatusCode).ShouldBe(422);
        var error = await ReplicateClient.JsonAsync(answer);
        error.GetProperty("title").GetString().ShouldBe("Input validation failed");
        error.GetProperty("detail").GetString()!.ShouldContain(detail);
        Simulator.Ledger.Read().Purchases.ShouldBe(0);
    }

    [Fact]
    public async Task Create_WhenADataUrlIsLong_IsRefused()
    {
        using var answer = await _client.CreateAsync(Input("data:image/png;base64," + new string('A', 300_000)));

        ((int)answer.StatusCode).ShouldBe(422);
    }

    [Theory]
    [InlineData("black-forest-labs/none", 404)]
    [InlineData("851-labs/background-remover", 404)]
    public async Task Create_WhenTheModelIsNoOfficialOne_IsNotFound(string model, int status)
    {
        using var answer = await _client.CreateAsync(new() { ["prompt"] = "p" }, model: model);

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc", 201)]
    [InlineData("851-labs/background-remover:a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc", 201)]
    [InlineData("851-labs/background-remover:0", 422)]
    [InlineData("851-labs/background-remover", 422)]
    public async Task Create_WhenAVersionIsNamed_RunsIt(string version, int status)
    {
        var (_, link) = await _client.UploadAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/predictions");
        request.Content = Json(new JsonObject { ["version"] = version, ["input"] = new JsonObject { ["image"] = link } }.ToJsonString());
        request.Headers.TryAddWithoutValidation("Prefer", "wait");

        using var answer = await _client.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Create_WhenTheKeyIsNone_IsRefused()
    {
        await using var stranger = ReplicateClient.Of(Simulator, "sk-test-1234");

        using var answer = await stranger.CreateAsync(new() { ["prompt"] = "p" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Prediction_WhenItsFileIsDeleted_Fails()
    {
        var (id, link) = await _client.UploadAsync();
        using var deleted = await _client.Http.DeleteAsync($"/v1/files/{id}");

        using var answer = await _client.CreateAsync(Input(link));

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReplicateClient.JsonAsync(answer)).GetProperty("status").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task Prediction_WhenAnHourHasPassed_HasNoDataAnyMore()
    {
        var (_, link) = await _client.UploadAsync();
        using var answer = await _client.CreateAsync(Input(link));
        var prediction = await ReplicateClient.JsonAsync(answer);

        Time.Advance(TimeSpan.FromHours(1));

        var later = await _client.PredictionAsync(prediction.GetProperty("id").GetString()!);
        later.GetProperty("data_removed").GetBoolean().ShouldBeTrue();
        later.GetProperty("output").ValueKind.ShouldBe(JsonValueKind.Null);
        using var gone = await _client.Http.GetAsync(prediction.GetProperty("output").GetString());
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(true, "aborted", 0)]
    [InlineData(false, "canceled", 1)]
    public async Task Cancel_WhenItIsNotOver_EndsIt(bool waits, string status, int purchases)
    {
        Simulator.Script(waits ? new ScriptAction { HoldStart = "gate" } : new() { Hold = "gate" });
        var (_, link) = await _client.UploadAsync();
        using var answer = await _client.CreateAsync(Input(link), prefer: null);
        var id = (await ReplicateClient.JsonAsync(answer)).GetProperty("id").GetString()!;
        await Simulator.HeldAsync("gate");

        using var canceled = await _client.Http.PostAsync($"/v1/predictions/{id}/cancel", null);

        JsonElement prediction;
        do
        {
            prediction = await _client.PredictionAsync(id);
        }
        while (prediction.GetProperty("status").GetString() is "starting" or "processing");
        prediction.GetProperty("status").GetString().ShouldBe(status);
        Simulator.Ledger.Read().Purchases.ShouldBe(purchases);
    }

    [Fact]
    public async Task Poll_WhenTheScriptIsForIt_LeavesTheCreationAlone()
    {
        Simulator.Script(new ScriptRule { Match = new() { Call = "poll" }, Action = new() { Status = 503 } });
        var (_, link) = await _client.UploadAsync();
        using var answer = await _client.CreateAsync(Input(link));
        var id = (await ReplicateClient.JsonAsync(answer)).GetProperty("id").GetString()!;

        using var first = await _client.Http.GetAsync($"/v1/predictions/{id}");
        using var second = await _client.Http.GetAsync($"/v1/predictions/{id}");

        (answer.StatusCode, first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
    }

    [Fact]
    public void Script_WhenARuleIsForNoCallThereIs_IsRefused()
        => Should.Throw<ArgumentException>(() => Simulator.Script(new ScriptRule { Match = new() { Call = "polling" }, Action = new() { Status = 503 } }))
            .Message.ShouldContain("match.call polling");

    private static JsonObject Input(string link) => new() { ["prompt"] = "p", ["input_image"] = link };
}
