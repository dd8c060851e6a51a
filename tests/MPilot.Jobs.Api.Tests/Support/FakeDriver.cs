using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>
/// A driver that only plans; unlike the kit's scripted one it decides by the model, so that a request itself says what is planned. The model's name tells what it cannot do: <c>no-size</c> refuses <c>size</c>, <c>no-seed</c> warns about <c>seed</c>; <c>any-values</c> leaves choices to its server.
/// </summary>
internal sealed class FakeDriver(Func<string?> unavailable) : IDriver
{
    private const string AnyValues = "any-values";

    public string? Unavailable => unavailable();

    public bool Serves(string model) => model != "nothing";

    public IReadOnlyList<string> KnownModels => ["gpt-image-2", "gpt-image-3", "other-1", "nothing"];

    public ModelCapabilities Describe(string model) => new()
    {
        Pattern = model, Mask = MaskObedience.Advisory, Sizes = new ModelSizes.Listed([new(1024, 1024)]), Streams = true, MaxPreviews = 3,
        Qualities = model == AnyValues ? null : model == "gpt-image-3" ? ["xhigh", "max"] : [],
        Backgrounds = model == AnyValues ? null : model == "gpt-image-3" ? ["blurred"] : [],
        Fidelities = model == AnyValues ? null : [],
    };

    public EditPlan Plan(EditSpec spec, string model)
    {
        var rows = new List<ParameterPlan>();
        if (spec.Size is not null && model.Contains("no-size", StringComparison.Ordinal))
        {
            rows.Add(new("size", PlanAction.Refuse, "The model has one size only."));
        }

        if (spec.Background is not null && model.Contains("no-background", StringComparison.Ordinal))
        {
            rows.Add(new("background", PlanAction.Refuse, "The model knows no background."));
        }

        if (spec.Seed is not null && model.Contains("no-seed", StringComparison.Ordinal))
        {
            rows.Add(new("seed", PlanAction.Warn, "The model takes no seed."));
        }

        rows.AddRange(spec.Extra.Keys.Order(StringComparer.Ordinal).Select(name => new ParameterPlan(name, PlanAction.Warn, "Unknown field.")));
        return new([.. rows], 10);
    }

    public Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken) => throw new NotSupportedException();
}
