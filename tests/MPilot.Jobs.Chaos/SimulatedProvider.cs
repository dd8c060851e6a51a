using System.Text.Json.Nodes;

using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Chaos;

/// <summary>A provider that fails as its faults say. It lives in the campaign's process, which nobody kills.</summary>
internal sealed class SimulatedProvider : IAsyncDisposable
{
    private static readonly (string Prefix, string Driver, string Model)[] Kinds =
    [
        ("a", "openai", "gpt-image-2"), ("b", "openai", "gpt-image-1.5"), ("c", "replicate", "black-forest-labs/flux-kontext-pro"),
    ];

    private readonly string _driver;

    private SimulatedProvider(string prefix, string driver, string model, Simulator simulator)
    {
        (Prefix, _driver, Model, Simulator) = (prefix, driver, $"{prefix}/{model}", simulator);
    }

    /// <summary>What the service's configuration calls it.</summary>
    public string Prefix { get; }

    /// <summary>The model that is asked for, with the provider's name before it.</summary>
    public string Model { get; }

    public Simulator Simulator { get; }

    /// <param name="prefix">What the service's configuration calls it.</param>
    /// <param name="driver">Its driver.</param>
    /// <param name="model">The model that is asked for.</param>
    /// <param name="behave">Told of every call once its upload has been read.</param>
    public static async Task<SimulatedProvider> StartAsync(string prefix, string driver, string model, Func<ScriptedCall, ScriptAction> behave)
        => new(prefix, driver, model, await Simulator.StartAsync(new() { Otherwise = behave }));

    /// <summary>Two of OpenAI's kind, whose calls are all that is known of them, and one of Replicate's, which can be asked after its jobs.</summary>
    public static async Task<IReadOnlyList<SimulatedProvider>> StartAllAsync(int seed, Milestone calls, TimeProvider time)
    {
        var all = new List<SimulatedProvider>();
        foreach (var (prefix, driver, model) in Kinds)
        {
            var faults = new Faults(seed, prefix, time);
            all.Add(await StartAsync(prefix, driver, model, call =>
            {
                if (call.Call is null)
                {
                    calls.Pass();
                }

                return faults.Draw(call);
            }));
        }

        return all;
    }

    /// <summary>Its section of the service's configuration.</summary>
    public JsonObject Configuration() => new()
    {
        ["Kind"] = _driver,
        ["BaseUrl"] = Simulator.BaseUrl,
        ["Keys"] = new JsonArray(Key(1), Key(2), Key(3)),
        ["Timeout"] = "00:00:04",
        ["Retries"] = 2,
        ["Concurrency"] = 8,
    };

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    private JsonObject Key(int number) => new() { ["Name"] = $"{Prefix}{number}", ["Secret"] = $"{(_driver == "replicate" ? "r8_" : "sk-")}chaos-{Prefix}-000{number}" };
}
