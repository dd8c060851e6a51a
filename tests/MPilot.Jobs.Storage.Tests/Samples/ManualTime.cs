namespace MPilot.Jobs.Storage.Tests.Samples;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Present { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Present;
}
