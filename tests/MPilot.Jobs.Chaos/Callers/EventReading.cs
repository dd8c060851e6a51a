namespace MPilot.Jobs.Chaos.Callers;

/// <summary>All events that one listener got of a job, over all its connections.</summary>
internal sealed record EventReading(string Job, IReadOnlyList<EventFrame> Frames, int Connections);
