using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>One call a driver is to make.</summary>
/// <param name="Spec">The edit.</param>
/// <param name="Model">The model, without provider prefix.</param>
/// <param name="Count">How many pictures to ask for; within the plan's <c>PicturesPerCall</c>.</param>
/// <param name="Secret">The provider key's secret; empty where the provider needs none. Never logged.</param>
public sealed record DriverCall(EditSpec Spec, string Model, int Count, string Secret)
{
    /// <summary>Leaves the secret and the prompt out.</summary>
    public override string ToString() => $"{Model} ×{Count}";
}
