using System.Net;
using MPilot.Jobs.Simulators.Scripting;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests;

public sealed class ScriptTests : SimulatorFixture
{
    [Theory]
    [InlineData("""{"model":"gpt-image-2"}""", 500)]
    [InlineData("""{"model":"gpt-image-1.5"}""", 200)]
    [InlineData("""{"provider":"openai","promptContains":"red","key":"1234"}""", 500)]
    [InlineData("""{"promptContains":"blue"}""", 200)]
    [InlineData("""{"key":"9999"}""", 200)]
    [InlineData("""{"provider":"replicate"}""", 200)]
    public async Task Match_WhenItFitsOrNot_DecidesTheAction(string match, int status)
    {
        using var scripted = await Client.PostAsync("/_script", Json($$$"""[{"match":{{{match}}},"action":{"status":500}}]"""));
        scripted.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await PostAsync(new EditForm());

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Rules_WhenTried_AreUsedUpInOrder()
    {
        Simulator.Script(
            new ScriptRule { Times = 2, Action = new ScriptAction { Status = 500 } },
            new ScriptRule { Action = new ScriptAction { Status = 503 } });

        (await StatusesAsync(4)).ShouldBe([500, 500, 503, 200]);
    }

    [Fact]
    public async Task Otherwise_WhenNoRuleFits_IsAskedAboutTheCall()
    {
        var asked = new List<ScriptedCall>();
        await using var simulator = await Simulator.StartAsync(new SimulatorOptions
        {
            Otherwise = call =>
            {
                asked.Add(call);
                return new ScriptAction { Status = 503 };
            },
        });
        simulator.Script(new ScriptAction { Status = 500 });

        using var ruled = await Client.PostAsync($"{simulator.BaseUrl}/images/edits", new EditForm().ToContent());
        using var other = await Client.PostAsync($"{simulator.BaseUrl}/images/edits", new EditForm().ToContent());

        ruled.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        other.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        asked.ShouldBe([new ScriptedCall("openai", "1234", "gpt-image-2", "a red hat")]);
    }

    [Fact]
    public async Task Rules_WhenForever_LastUntilCleared()
    {
        Simulator.Script(new ScriptAction { Status = 500 }, times: -1);
        (await StatusesAsync(3)).ShouldBe([500, 500, 500]);

        using var cleared = await Client.DeleteAsync("/_script");

        (await StatusesAsync(1)).ShouldBe([200]);
    }

    [Theory]
    [InlineData("""{"action":{"status":200}}""")]
    [InlineData("""{"action":{"sttaus":500}}""")]
    [InlineData("""{"action":{"status":500},"times":0}""")]
    [InlineData("""{"action":{"hang":true,"quota":true}}""")]
    [InlineData("""{"match":{"model":"m"},"action":{"resetBeforeBody":true}}""")]
    [InlineData("""{"match":{"key":"sk-whole"},"action":{"quota":true}}""")]
    [InlineData("""{"match":{}}""")]
    [InlineData("nothing")]
    public async Task Script_WhenItMakesNoSense_Is400(string script)
    {
        using var answer = await Client.PostAsync("/_script", Json(script));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusesAsync(1)).ShouldBe([200]);
    }

    [Fact]
    public async Task Gate_WhenUsedOverHttp_TellsHeldAndReleased()
    {
        using var scripted = await Client.PostAsync("/_script", Json("""{"action":{"hold":"a"},"times":2}"""));
        var first = PostAsync(new EditForm());
        var second = PostAsync(new EditForm());

        (await Client.GetStringAsync("/_held/a?count=2")).ShouldBe("""{"gate":"a","held":2}""");
        using var released = await Client.PostAsync("/_release/a", null);

        (await released.Content.ReadAsStringAsync()).ShouldBe("""{"released":2}""");
        foreach (var answer in await Task.WhenAll(first, second)) answer.Dispose();
    }

    private async Task<int[]> StatusesAsync(int calls)
    {
        var statuses = new List<int>();
        for (var call = 0; call < calls; call++)
        {
            using var answer = await PostAsync(new EditForm());
            statuses.Add((int)answer.StatusCode);
        }
        return [.. statuses];
    }
}
