using System.Text;

using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Bodies whose long strings are pictures at some places only.</summary>
public sealed class JsonSpillRulesTests
{
    private readonly MemoryPictures _pictures = new();
    private readonly List<JsonPlace> _begun = [];

    [Theory]
    [InlineData(1)]
    [InlineData(16 << 10)]
    [InlineData(int.MaxValue)]
    public async Task ReadAsync_WhenLongStringsAreTexts_KeepsThem(int split)
    {
        var text = new string('A', 50_000);
        var body = $$"""{"prompt":"{{text}}\n\"","{{text}}":1,"p":["x",{"u":"{{text}}"}],"z":"end"}""";

        var outcome = await ReadAsync(body, new(BeginAsync) { IsPicture = p => p.Member == "p", MaxResidue = 200_000 }, split);

        await using var json = outcome.ShouldBeOfType<SpillOutcome.Complete>().Json;
        json.Text(json.Root.GetProperty("prompt")).ShouldBe(text + "\n\"");
        json.Root.TryGetProperty(text, out _).ShouldBeTrue();
        json.Text(json.Root.GetProperty("z")).ShouldBe("end");
        json.TryTakePicture(json.Root.GetProperty("p")[1].GetProperty("u"), out var picture).ShouldBeTrue();
        picture!.Length.ShouldBe(37_500);
        _begun.ShouldBe([new JsonPlace("p", 1)]);
    }

    [Theory]
    [InlineData("""{"p":["x","@"]}""", SpillFlaw.PictureTooLarge, "p[1]")]
    [InlineData("""{"t":"@"}""", SpillFlaw.ResidueTooLong, "t")]
    [InlineData("""{"p":["#","#","#"]}""", SpillFlaw.TooManyPictures, "p[2]")]
    [InlineData("""{"p":}"@"}""", SpillFlaw.NotJson, "")]
    [InlineData("""{"p":"#","q":"\ud800"}""", SpillFlaw.NotUnicode, "q")]
    public async Task ReadAsync_WhenARuleIsBroken_SaysWhichAndWhere(string body, SpillFlaw flaw, string place)
    {
        var whole = body.Replace("@", new string('A', 60_000), StringComparison.Ordinal).Replace("#", new string('A', 20_000), StringComparison.Ordinal);

        var outcome = await ReadAsync(whole, new(BeginAsync) { IsPicture = p => p.Member == "p", MaxResidue = 40_000, MaxPicture = 40_000, MaxPictures = 2 }, 1000);

        var flawed = outcome.ShouldBeOfType<SpillOutcome.Flawed>();
        (flawed.Flaw, flawed.Place.ToString()).ShouldBe((flaw, place));
        _pictures.Writers.ShouldAllBe(w => w.IsDisposed);
    }

    [Fact]
    public async Task ReadAsync_WhenTheBodyIsTooLong_SaysSo()
        => (await ReadAsync("[1,2,3]", new(BeginAsync) { MaxTotal = 6 }, 1)).ShouldBe(new SpillOutcome.Flawed(SpillFlaw.TooLong, default));

    private ValueTask<Engine.Artifacts.PictureUpload> BeginAsync(JsonPlace place, CancellationToken cancellationToken)
    {
        _begun.Add(place);
        return _pictures.BeginPictureAsync(cancellationToken);
    }

    private static Task<SpillOutcome> ReadAsync(string body, SpillRules rules, int split)
        => JsonSpill.ReadAsync(new PiecewiseStream(Encoding.UTF8.GetBytes(body), () => split), rules, default);
}
