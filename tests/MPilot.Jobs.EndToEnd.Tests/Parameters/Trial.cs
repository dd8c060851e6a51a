using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.EndToEnd.Tests.Parameters;

/// <summary>One parameter with one value, and how to see what became of it.</summary>
/// <param name="Name">The row of the table, such as <c>size=512x512</c>.</param>
/// <param name="Param">The field that plans, warnings and errors name.</param>
/// <param name="Fields">What is added to a plain request.</param>
internal sealed record Trial(string Name, string Param, params (string Name, string Value)[] Fields)
{
    /// <summary>Whether a mask goes along.</summary>
    public bool Mask { get; init; }

    /// <summary>Whether that mask is black and white, and not transparent.</summary>
    public bool Opaque { get; init; }

    /// <summary>Pictures besides the first.</summary>
    public int More { get; init; }

    /// <summary>Whether the picture is stored turned, with an EXIF orientation.</summary>
    public bool Turned { get; init; }

    /// <summary>Whether the provider was told, if it was to be told; the fields as they are, unless said otherwise.</summary>
    public Func<CallRecord, bool>? Told { get; init; }

    /// <summary>Whether the answer shows that it was done; a trial without this cannot be emulated.</summary>
    public Func<TrialAnswer, bool>? Shown { get; init; }

    /// <summary>Whether a call carries every field of the trial.</summary>
    public bool IsTold(CallRecord call) => Told?.Invoke(call) ?? Fields.All(f => call.Fields.GetValueOrDefault(f.Name) == f.Value);
}
