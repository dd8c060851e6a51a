namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>An input of a model.</summary>
/// <param name="Values">The values there are, of an enumeration.</param>
/// <param name="Min">Of a number; of pictures, none.</param>
/// <param name="Max">Of a number; of pictures, how many.</param>
internal sealed record ReplicateInput(string Name, ReplicateInputKind Kind, bool IsRequired = false, string[]? Values = null, double? Min = null, double? Max = null);
