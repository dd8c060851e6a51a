using MPilot.Jobs.Domain.Attempts;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Attempts;

public sealed class UsageTests
{
    private static readonly Usage Full = new(1, 2, 3, 4, 5, 6, 7);

    [Fact]
    public void Add_WhenBothCounted_SumsEachCountWithItsOwn()
        => (Full + new Usage(10, 20, 30, 40, 50, 60, 70)).ShouldBe(new Usage(11, 22, 33, 44, 55, 66, 77));

    [Fact]
    public void Add_WhenOneSideLacksACount_TakesTheOther()
        => (new Usage(1, null, 3, null, null, 0, null) + new Usage(null, 2, null, 4, null, null, null))
            .ShouldBe(new Usage(1, 2, 3, 4, null, 0, null));

    [Fact]
    public void Add_WhenOneSideDidNotCount_IsTheOther()
    {
        Usage? none = null;

        (none + Full).ShouldBe(Full);
        (Full + none).ShouldBe(Full);
        (none + none).ShouldBeNull();
    }
}
