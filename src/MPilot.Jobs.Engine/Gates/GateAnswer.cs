using System.Text.Json.Serialization;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>A gate's answer: a closed value.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Queued), "queued")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record GateAnswer
{
    private GateAnswer()
    {
    }

    /// <summary>Go, with this key (its name), under this lease.</summary>
    public sealed record Granted(string Key, string Lease) : GateAnswer
    {
        /// <summary>The gate's epoch, where gates move; else 0.</summary>
        public long GateEpoch { get; init; }
    }

    /// <summary>In the queue; the answer comes as a fact: <c>GateGranted</c>, or <c>GateClosed</c> for a ticket that may fall back.</summary>
    public sealed record Queued : GateAnswer;

    /// <summary>No key can be expected to serve soon, and the ticket may fall back.</summary>
    public sealed record Closed : GateAnswer;
}
