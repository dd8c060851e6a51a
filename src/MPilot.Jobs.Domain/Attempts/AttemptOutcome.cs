using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Attempts;

/// <summary>How an attempt ended: one of four closed values.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Canceled), "canceled")]
[JsonDerivedType(typeof(Lost), "lost")]
public abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>At least one picture came. Slots of the attempt without one have failed as <see cref="FailureKind.Broken"/>.</summary>
    /// <param name="Pictures">At most one per slot.</param>
    /// <param name="Usage">What the provider counted, if it did.</param>
    /// <param name="Quality">The quality the provider says it used.</param>
    /// <param name="Background">The background the provider says it used.</param>
    public sealed record Succeeded(
        ImmutableArray<DeliveredPicture> Pictures,
        Usage? Usage = null,
        string? Quality = null,
        string? Background = null) : AttemptOutcome
    {
        /// <summary>What went over the wire; <c>null</c> where nobody asked to see it.</summary>
        public WireBodies? Wire { get; init; }
    }

    /// <summary>No picture came.</summary>
    public sealed record Failed(AttemptFailure Failure) : AttemptOutcome;

    /// <summary>The call was given up on request, before a picture came.</summary>
    public sealed record Canceled : AttemptOutcome;

    /// <summary>Nobody knows: the node that made the call is gone.</summary>
    public sealed record Lost : AttemptOutcome;
}
