using MPilot.Jobs.Engine.Events;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Events;

public sealed class EventIdTests
{
    private const string Job = "job_01a215e42a6b77af93b3e1102a06c8d8";

    [Fact]
    public void Of_WhenMadeAnywhere_IsTheSame()
        => EventId.Of(Job, 1).ToString().ShouldBe("evt_152cad7795a18bd0b0b0e7a0627bf8be", "others know events by it: it may never change");

    [Fact]
    public void Of_WhenJobOrPlaceDiffer_Differs()
    {
        var ids = from job in new[] { Job, Job + "1", Job[..^1] } from sequence in Enumerable.Range(1, 200) select EventId.Of(job, sequence);

        ids.ShouldBeUnique();
    }
}
