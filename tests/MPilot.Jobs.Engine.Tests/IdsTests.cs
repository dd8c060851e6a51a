using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests;

public sealed class IdsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void New_WhenCalled_GivesPrefixAndThirtyTwoDigits()
    {
        var ids = new Ids(_time);

        string[] all = [ids.NewJob(), ids.NewArtifact(), ids.NewEvent(), ids.NewRequest(), ids.NewLease(), ids.NewSigningKey(), ids.NewNode()];

        all.Select(i => i[..(i.IndexOf('_', StringComparison.Ordinal) + 1)]).ShouldBe(["job_", "art_", "evt_", "req_", "lea_", "kid_", "node_"]);
        all.ShouldAllBe(i => System.Text.RegularExpressions.Regex.IsMatch(i, "^[a-z]+_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$"));
    }

    [Fact]
    public void New_WhenTimePasses_SortsByTime()
    {
        var ids = new Ids(_time);
        var made = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            made.Add(ids.NewJob());
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        made.ShouldBe(made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void New_WhenMadeInOneMoment_DoesNotRepeat()
    {
        var ids = new Ids(_time);

        Enumerable.Range(0, 10_000).Select(_ => ids.NewJob()).ShouldBeUnique();
    }
}
