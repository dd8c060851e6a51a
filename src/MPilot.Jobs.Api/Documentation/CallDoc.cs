using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>What a route is, for those who read about it. Put on the endpoint as metadata.</summary>
/// <param name="Id">A name no other route has.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Summary">A line.</param>
internal sealed record CallDoc(string Id, string Group, string Summary)
{
    public string? Description { get; init; }

    public ImmutableArray<ParameterDoc> Parameters { get; init; } = [];

    /// <summary>The bodies it takes, one for each encoding; none: it takes no body.</summary>
    public ImmutableArray<BodyDoc> Bodies { get; init; } = [];

    public ImmutableArray<AnswerDoc> Answers { get; init; } = [];
}
