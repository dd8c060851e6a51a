using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>A call as a provider wrote it down.</summary>
/// <param name="Provider">What the service's configuration calls the provider.</param>
internal sealed record ProviderCall(string Provider, CallRecord Record)
{
    /// <summary>The prompt; null of an upload that did not come whole.</summary>
    public string? Mark => Record.Fields.GetValueOrDefault("prompt");
}
