using System.Net;
using System.Text.Json;
using MPilot.Jobs.Simulators.Scripting;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests.OpenAi;

public sealed class ActionTests : SimulatorFixture
{
    [Fact]
    public async Task Status_WhenScripted_AnswersItsErrorAndHeaders()
    {
        var headers = new Dictionary<string, string> { ["retry-after-ms"] = "20", ["x-should-retry"] = "true", ["x-ratelimit-remaining-requests"] = "0" };
        using var answer = await PostAsync(new ScriptAction { Status = 429, Code = "c", Type = "t", Message = "m", Param = "p", Headers = headers });

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"error":{"message":"m","type":"t","param":"p","code":"c"}}""");
        answer.Headers.GetValues("retry-after-ms").ShouldBe(["20"]);
        answer.Headers.GetValues("x-ratelimit-remaining-requests").ShouldBe(["0"]);
        Simulator.Ledger.Purchases.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded")]
    [InlineData(500, null)]
    public async Task Status_WhenNothingElseIsScripted_AnswersTheUsualError(int status, string? code)
    {
        using var answer = await PostAsync(new ScriptAction { Status = status });

        ((int)answer.StatusCode).ShouldBe(status);
        (await ErrorAsync(answer)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task BeforeBody_WhenScripted_AnswersWithoutReadingTheUpload()
    {
        using var answer = await PostAsync(new ScriptAction { Status = 413, BeforeBody = true });

        ((int)answer.StatusCode).ShouldBe(413);
        Simulator.Ledger.Calls[0].Order.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("moderation", 400, "moderation_blocked", "image_generation_user_error")]
    [InlineData("quota", 429, "insufficient_quota", "insufficient_quota")]
    [InlineData("refuseKey", 401, "invalid_api_key", "invalid_request_error")]
    public async Task Refusal_WhenScripted_AnswersOpenAisBody(string action, int status, string code, string type)
    {
        using var scripted = await Client.PostAsync("/_script", Json($$$"""{"action":{"{{{action}}}":true}}"""));
        using var answer = await PostAsync(new EditForm());

        ((int)answer.StatusCode).ShouldBe(status);
        var error = await ErrorAsync(answer);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("type").GetString().ShouldBe(type);
        error.GetProperty("param").ValueKind.ShouldBe(JsonValueKind.Null);
        Simulator.Ledger.Purchases.ShouldBeEmpty();
    }

    [Fact]
    public async Task DelayMs_WhenScripted_AnswersOnlyOnceTheClockHasMoved()
    {
        var answering = PostAsync(new ScriptAction { DelayMs = 60_000 });
        await Time.WhenTimerWithinAsync(TimeSpan.MaxValue);
        answering.IsCompleted.ShouldBeFalse();
        Simulator.Ledger.Purchases.ShouldBeEmpty();

        Time.Advance(TimeSpan.FromMinutes(1));

        using var answer = await answering;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("openai-processing-ms").Count().ShouldBe(1);
    }

    [Fact]
    public async Task DelayMs_WhenTheClientLeaves_IsBoughtAllTheSame()
    {
        using var leaving = new CancellationTokenSource();
        Simulator.Script(new ScriptAction { DelayMs = 60_000 });
        var answering = PostAsync(new EditForm(), leaving.Token);
        await Time.WhenTimerWithinAsync(TimeSpan.MaxValue);

        await leaving.CancelAsync();

        await answering.ShouldThrowAsync<OperationCanceledException>();
        await Simulator.Ledger.FinishedAsync(1);
        var call = Simulator.Ledger.Calls.Single();
        (call.Purchased, call.ClientPresent, call.Status).ShouldBe((true, false, null));
    }

    [Fact]
    public async Task Hold_WhenReleased_LetsTheLongestHeldGoFirst()
    {
        Simulator.Script(new ScriptAction { Hold = "door" }, times: 2);
        var first = PostAsync(new EditForm());
        await Simulator.HeldAsync("door");
        var second = PostAsync(new EditForm());
        await Simulator.HeldAsync("door", 2);

        Simulator.Release("door", 1).ShouldBe(1);
        using var answer = await first;
        second.IsCompleted.ShouldBeFalse();
        Simulator.Release("door").ShouldBe(1);
        using var last = await second;

        Simulator.Ledger.Purchases.Select(call => call.Number).ShouldBe([1, 2]);
        Simulator.Ledger.Read().PeakInFlight.ShouldBe(2);
    }

    [Fact]
    public async Task Hold_WhenTheClientLeaves_IsBoughtAndNoLongerHeld()
    {
        using var leaving = new CancellationTokenSource();
        Simulator.Script(new ScriptAction { Hold = "door" });
        var answering = PostAsync(new EditForm(), leaving.Token);
        await Simulator.HeldAsync("door");

        await leaving.CancelAsync();

        await answering.ShouldThrowAsync<OperationCanceledException>();
        await Simulator.Ledger.FinishedAsync(1);
        Simulator.Ledger.Purchases.Count.ShouldBe(1);
        Simulator.Release("door").ShouldBe(0);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(false, 0)]
    public async Task Hang_WhenTheClientLeaves_IsBoughtUnlessScriptedOtherwise(bool? purchased, int purchases)
    {
        using var leaving = new CancellationTokenSource();
        Simulator.Script(new ScriptAction { Hold = "door", Hang = true, Purchased = purchased });
        var answering = PostAsync(new EditForm(), leaving.Token);
        await Simulator.HeldAsync("door");
        Simulator.Release("door");
        answering.IsCompleted.ShouldBeFalse();

        await leaving.CancelAsync();

        await answering.ShouldThrowAsync<OperationCanceledException>();
        await Simulator.Ledger.FinishedAsync(1);
        Simulator.Ledger.Purchases.Count.ShouldBe(purchases);
    }

    [Fact]
    public async Task ResetBeforeBody_WhenScripted_BreaksTheConnectionUnread()
    {
        await PostAsync(new ScriptAction { ResetBeforeBody = true }).ShouldThrowAsync<HttpRequestException>();

        await Simulator.Ledger.FinishedAsync(1);
        var call = Simulator.Ledger.Calls[0];
        (call.Purchased, call.Status, call.Order.Count, call.ClientPresent).ShouldBe((false, null, 0, true));
    }

    [Fact]
    public async Task ResetAfterPurchase_WhenScripted_BreaksTheConnectionBought()
    {
        await PostAsync(new ScriptAction { ResetAfterPurchase = true }).ShouldThrowAsync<HttpRequestException>();

        await Simulator.Ledger.FinishedAsync(1);
        var call = Simulator.Ledger.Calls[0];
        (call.Purchased, call.Status, call.ClientPresent).ShouldBe((true, null, true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("stream=true")]
    public async Task Truncate_WhenScripted_SendsExactlySoManyBytesAndNoEnd(string fields)
    {
        Simulator.Script(new ScriptAction { Truncate = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = EditForm.Of(fields).ToContent() };
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var start = new byte[1000];

        await body.ReadExactlyAsync(start);

        // HttpClient tells the early end with an HttpIOException, an IOException.
        await Should.ThrowAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1]));
        Simulator.Ledger.Purchases.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SlowDripMs_WhenScripted_SendsTheAnswerInPieces()
    {
        Simulator.Script(new ScriptAction { SlowDripMs = 1000, DripBytes = 20_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = new EditForm().ToContent() };
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reading = answer.Content.ReadAsStringAsync();
        var pieces = 0;

        while (true)
        {
            if (await Task.WhenAny(reading, Time.WhenTimerWithinAsync(TimeSpan.MaxValue)) == reading) break;
            pieces++;
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        JsonDocument.Parse(await reading).RootElement.GetProperty("data").GetArrayLength().ShouldBe(1);
        pieces.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task WrongBytes_WhenScripted_SendsBase64OfNoPicture()
    {
        using var answer = await PostAsync(new ScriptAction { WrongBytes = true });

        var bytes = (await JsonAsync(answer)).GetProperty("data")[0].GetProperty("b64_json").GetBytesFromBase64();
        System.Text.Encoding.ASCII.GetString(bytes).ShouldStartWith("this is no picture");
    }

    [Fact]
    public async Task EmptyData_WhenScripted_SendsNoPicturesButBills()
    {
        using var answer = await PostAsync(new ScriptAction { EmptyData = true });

        (await JsonAsync(answer)).GetProperty("data").GetArrayLength().ShouldBe(0);
        Simulator.Ledger.Purchases.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Twice_WhenScripted_SendsEveryPictureTwiceAndBillsOnce()
    {
        using var answer = await PostAsync(new ScriptAction { Twice = true });

        var data = (await JsonAsync(answer)).GetProperty("data");
        data.GetArrayLength().ShouldBe(2);
        data[1].GetProperty("b64_json").GetString().ShouldBe(data[0].GetProperty("b64_json").GetString());
        Simulator.Ledger.Purchases.ShouldHaveSingleItem().Pictures.ShouldBe(1);
    }

    [Fact]
    public async Task NoB64_WhenScripted_SendsALinkThatServesThePicture()
    {
        using var answer = await PostAsync(new ScriptAction { NoB64 = true });

        var item = (await JsonAsync(answer)).GetProperty("data")[0];
        item.TryGetProperty("b64_json", out _).ShouldBeFalse();
        using var picture = await Client.GetAsync(item.GetProperty("url").GetString());
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        TestPicture.Decode(await picture.Content.ReadAsByteArrayAsync()).Width.ShouldBe(1024);
    }

    [Fact]
    public async Task InvalidJson_WhenScripted_SendsJsonThatBreaksOff()
    {
        using var answer = await PostAsync(new ScriptAction { InvalidJson = true });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await answer.Content.ReadAsStringAsync();
        Should.Throw<JsonException>(() => JsonDocument.Parse(text));
    }

    [Fact]
    public async Task StreamError_WhenScripted_EndsTheStreamWithAnErrorEvent()
    {
        using var answer = await PostAsync(new ScriptAction { StreamError = true }, EditForm.Of("stream=true partial_images=1"));

        var frames = AnswerTests.Frames(await answer.Content.ReadAsStringAsync());
        frames.Select(frame => frame.Event).ShouldBe(["image_edit.partial_image", "error"]);
        frames[1].Json.GetProperty("error").GetProperty("type").GetString().ShouldBe("server_error");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Partials_WhenScripted_CountWhateverWasAsked(int partials)
    {
        using var answer = await PostAsync(new ScriptAction { Partials = partials, StreamError = true }, EditForm.Of("stream=true partial_images=1"));

        var text = await answer.Content.ReadAsStringAsync();
        text.Split("event: image_edit.partial_image").Length.ShouldBe(partials + 1);
        text.ShouldContain("event: error");
    }

    [Fact]
    public async Task AfterPartials_WhenHeld_HasSentThePartialsAlready()
    {
        Simulator.Script(new ScriptAction { Hold = "door", AfterPartials = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = EditForm.Of("stream=true partial_images=1").ToContent() };
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        (await reader.ReadLineAsync()).ShouldBe("event: image_edit.partial_image");
        (await reader.ReadLineAsync())!.ShouldEndWith("}");
        await Simulator.HeldAsync("door");
        Simulator.Ledger.Purchases.ShouldBeEmpty();
        Simulator.Release("door");

        (await reader.ReadToEndAsync()).ShouldContain("event: image_edit.completed");
    }
    [Fact]
    public async Task HoldEach_WhenReleasedOneByOne_SendsThePicturesSo()
    {
        Simulator.Script(new ScriptAction { HoldEach = "door" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = EditForm.Of("stream=true partial_images=1").ToContent() };
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await Simulator.HeldAsync("door");
        var line = reader.ReadLineAsync();
        line.IsCompleted.ShouldBeFalse();

        Simulator.Release("door").ShouldBe(1);

        (await line).ShouldBe("event: image_edit.partial_image");
        await Simulator.HeldAsync("door");
        Simulator.Ledger.Purchases.ShouldBeEmpty();
        Simulator.Release("door").ShouldBe(1);
        (await reader.ReadToEndAsync()).ShouldContain("event: image_edit.completed");
    }
}
