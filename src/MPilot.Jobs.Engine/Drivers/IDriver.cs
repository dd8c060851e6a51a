using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>
/// Speaks one provider's wire: pure translation plus one HTTP exchange. It never retries, never logs secrets, never holds a picture in memory,
/// and keeps no state between calls.
/// </summary>
public interface IDriver
{
    /// <summary>Why this provider cannot work on this machine, or <c>null</c> when it can.</summary>
    string? Unavailable { get; }

    /// <summary>Whether the provider has a model of that name, as far as can be told without asking it.</summary>
    bool Serves(string model);

    /// <summary>Names of models the provider is known to have, for lists; it may serve others.</summary>
    IReadOnlyList<string> KnownModels { get; }

    /// <summary>What a model can do, in general: nothing it says may contradict a plan. Pure.</summary>
    ModelCapabilities Describe(string model);

    /// <summary>What a call would do with each parameter the edit carries. Pure.</summary>
    EditPlan Plan(EditSpec spec, string model);

    /// <summary>Makes one call.</summary>
    /// <param name="call">What to ask for.</param>
    /// <param name="io">Where pictures come from and go to.</param>
    /// <param name="cancellationToken">Signalled by timeout, cancel or deadline; the driver lets <see cref="OperationCanceledException"/> through.</param>
    /// <returns>The pictures or the failure. Exceptions other than cancellation are bugs or our own storage failing.</returns>
    Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken);
}
