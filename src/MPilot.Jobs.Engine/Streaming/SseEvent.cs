namespace MPilot.Jobs.Engine.Streaming;

/// <summary>One server-sent event.</summary>
/// <param name="Name">The value of its <c>event</c> line, if one came before its data.</param>
/// <param name="Data">Its data, to be read once, before the next event is asked for.</param>
public sealed record SseEvent(string? Name, SseDataStream Data);
