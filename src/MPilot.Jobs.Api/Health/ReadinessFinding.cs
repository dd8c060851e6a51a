namespace MPilot.Jobs.Api.Health;

/// <summary>How one part of the service is.</summary>
/// <param name="Name">The part, such as <c>store</c> or <c>provider:openai</c>.</param>
/// <param name="Problem">What is wrong, or <c>null</c> where nothing is. Never a secret.</param>
/// <param name="IsEssential">Whether the service cannot accept edits because of it.</param>
public sealed record ReadinessFinding(string Name, string? Problem = null, bool IsEssential = false);
