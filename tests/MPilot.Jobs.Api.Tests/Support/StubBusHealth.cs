using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>A bus whose health the test decides.</summary>
internal sealed class StubBusHealth : IBusHealth
{
    public string? Problem { get; set; }
}
